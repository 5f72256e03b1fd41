using System.Numerics;

namespace Dispatcher.Host.Cli;

/// <summary>
/// Durations in buckets whose width is 1/32 of their power of two: a percentile is at most 3.2 % above the truth, and memory is fixed
/// (16 kB, up to 2^63 ns). Recording is lock-free from any thread.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5, SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubBuckets];
    private long _max;

    public void Record(TimeSpan duration)
    {
        long nanos = Math.Max(0, duration.Ticks) * TimeSpan.NanosecondsPerTick;
        Interlocked.Increment(ref _counts[BucketOf(nanos)]);
        long seen = Volatile.Read(ref _max);
        while (nanos > seen)
        {
            long was = Interlocked.CompareExchange(ref _max, nanos, seen); // another thread may have raised it in between
            if (was == seen)
                break;
            seen = was;
        }
    }

    /// <summary>What was recorded so far.</summary>
    public Counts Read()
    {
        var counts = new long[_counts.Length];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = Volatile.Read(ref _counts[i]);
        return new Counts(counts, Volatile.Read(ref _max));
    }

    internal static int BucketOf(long nanos)
    {
        if (nanos < SubBuckets)
            return (int)nanos;
        int power = BitOperations.Log2((ulong)nanos);
        int sub = (int)(nanos >> (power - SubBits)) & (SubBuckets - 1);
        return (power - SubBits + 1) * SubBuckets + sub;
    }

    internal static long UpperBoundNanos(int bucket)
    {
        if (bucket < SubBuckets)
            return bucket;
        int power = bucket / SubBuckets + SubBits - 1;
        long width = 1L << (power - SubBits);
        return (1L << power) + (bucket % SubBuckets) * width + (width - 1);
    }

    /// <summary>A reading of the buckets.</summary>
    internal readonly struct Counts(long[] counts, long maxNanos)
    {
        private readonly long[] _counts = counts;

        /// <summary>True for a reading that never was.</summary>
        public bool IsEmpty => _counts is null;

        public TimeSpan Max => TimeSpan.FromTicks(maxNanos / TimeSpan.NanosecondsPerTick);

        public long Total
        {
            get
            {
                long total = 0;
                foreach (long count in _counts)
                    total += count;
                return total;
            }
        }

        /// <summary>What was recorded after an earlier reading.</summary>
        public Counts Since(in Counts earlier)
        {
            var difference = new long[_counts.Length];
            for (int i = 0; i < difference.Length; i++)
                difference[i] = _counts[i] - earlier._counts[i];
            return new Counts(difference, maxNanos);
        }

        /// <summary>The smallest bucket bound that at least <paramref name="share"/> (0 to 1) of the durations do not exceed; null without any.</summary>
        public TimeSpan? Percentile(double share)
        {
            long total = Total;
            if (total == 0)
                return null;
            long wanted = Math.Max(1, (long)Math.Ceiling(total * share));
            int bucket = 0;
            for (long seen = _counts[0]; seen < wanted; seen += _counts[bucket])
                bucket++;
            long nanos = Math.Min(UpperBoundNanos(bucket), maxNanos);
            return TimeSpan.FromTicks(nanos / TimeSpan.NanosecondsPerTick);
        }
    }
}
