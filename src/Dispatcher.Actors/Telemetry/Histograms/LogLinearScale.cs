using System.Numerics;

namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// Which bucket a duration belongs to: 64 buckets of equal width for each power of two, so that a bucket's middle is at most 1/128 (0.78 %) off any
/// value in it. Durations are in units of 0.1 us; below 128 units every value has a bucket of its own. The layout is that of HdrHistogram.
/// </summary>
internal static class LogLinearScale
{
    /// <summary>Buckets on a page. A page is one power of two; pages that nobody writes to are never made.</summary>
    public const int PageSize = 1 << PageBits;

    /// <summary>Pages of the whole scale.</summary>
    public const int Pages = MaxBits - PageBits + 1;

    /// <summary>The longest duration that has a bucket, in units; 61 hours. Longer ones are counted as this.</summary>
    public const long MaxUnits = (1L << MaxBits) - 1;

    private const int PageBits = 6;
    private const int MaxBits = 41;

    /// <summary>The bucket of a duration.</summary>
    /// <param name="units">The duration in units; what is outside of the scale is taken as the nearest inside.</param>
    /// <returns>The bucket's number: page x <see cref="PageSize"/> + place on the page.</returns>
    public static int IndexOf(long units)
    {
        units = Math.Clamp(units, 0, MaxUnits);
        // The first two pages are exact; from there on, each page doubles the width.
        int shift = Math.Max(0, BitOperations.Log2((ulong)units | 1) - PageBits);
        return (shift << PageBits) + (int)(units >> shift);
    }

    /// <summary>The middle of a bucket, in units.</summary>
    /// <param name="index">The bucket's number.</param>
    public static long MiddleOf(int index)
    {
        int shift = Math.Max(0, (index >> PageBits) - 1);
        long low = (long)(index - (shift << PageBits)) << shift;
        return low + (((1L << shift) - 1) >> 1);
    }
}
