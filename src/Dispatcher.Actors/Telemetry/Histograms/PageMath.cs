using System.Numerics;

namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>Sums over the counts of a page, several at a time; a page is a multiple of any vector. All modulo 2^32.</summary>
internal static class PageMath
{
    /// <summary>Adds counts to sums.</summary>
    /// <param name="counts">The counts of a page.</param>
    /// <param name="sums">The sums.</param>
    public static void Add(ReadOnlySpan<uint> counts, Span<uint> sums)
    {
        for (int i = 0; i < LogLinearScale.PageSize; i += Vector<uint>.Count)
            (new Vector<uint>(counts[i..]) + new Vector<uint>(sums[i..])).CopyTo(sums[i..]);
    }

    /// <summary>Adds to sums what counts have risen by.</summary>
    /// <param name="counts">The counts of a page now.</param>
    /// <param name="before">The counts before.</param>
    /// <param name="sums">The sums.</param>
    /// <returns>By how much all of them have risen together.</returns>
    public static uint AddRise(ReadOnlySpan<uint> counts, ReadOnlySpan<uint> before, Span<uint> sums)
    {
        Vector<uint> total = Vector<uint>.Zero;
        for (int i = 0; i < LogLinearScale.PageSize; i += Vector<uint>.Count)
        {
            Vector<uint> rise = new Vector<uint>(counts[i..]) - new Vector<uint>(before[i..]);
            (rise + new Vector<uint>(sums[i..])).CopyTo(sums[i..]);
            total += rise;
        }

        return Vector.Sum(total);
    }
}
