using System.Numerics;

namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>Sums over the counts of a page, several at a time; a page is a multiple of any vector. All modulo 2^32.</summary>
internal static class PageMath
{
    /// <summary>Adds two pages.</summary>
    /// <param name="one">The counts of a page.</param>
    /// <param name="other">Those of another one.</param>
    /// <param name="sums">Where the sums go; may be one of them.</param>
    public static void Add(ReadOnlySpan<uint> one, ReadOnlySpan<uint> other, Span<uint> sums)
    {
        for (int i = 0; i < LogLinearScale.PageSize; i += Vector<uint>.Count)
            (new Vector<uint>(one[i..]) + new Vector<uint>(other[i..])).CopyTo(sums[i..]);
    }

    /// <summary>What counts have risen by since they were seen, and that they are seen. Each count is read once: it may rise meanwhile.</summary>
    /// <param name="counts">The counts of a page now.</param>
    /// <param name="seen">The counts as they were seen; these are, afterwards.</param>
    /// <param name="rises">Where the differences go.</param>
    /// <returns>The sum of the differences.</returns>
    public static uint TakeRise(ReadOnlySpan<uint> counts, Span<uint> seen, Span<uint> rises)
    {
        Vector<uint> total = Vector<uint>.Zero;
        for (int i = 0; i < LogLinearScale.PageSize; i += Vector<uint>.Count)
        {
            Vector<uint> now = new(counts[i..]);
            Vector<uint> rise = now - new Vector<uint>(seen[i..]);
            rise.CopyTo(rises[i..]);
            now.CopyTo(seen[i..]);
            total += rise;
        }

        return Vector.Sum(total);
    }

    /// <summary>The sum of a page's counts.</summary>
    /// <param name="counts">The counts.</param>
    public static uint Sum(ReadOnlySpan<uint> counts)
    {
        Vector<uint> total = Vector<uint>.Zero;
        for (int i = 0; i < LogLinearScale.PageSize; i += Vector<uint>.Count)
            total += new Vector<uint>(counts[i..]);
        return Vector.Sum(total);
    }
}
