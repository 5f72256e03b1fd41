namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>
/// Counts calls over a sliding window of ten buckets, lock-free. A bucket is one word: the running number of its tenth of a window, and three
/// counts. Whoever comes first in a new tenth takes the oldest bucket over; one compare-and-set, so no call is lost or counted twice.
/// </summary>
internal sealed class CallWindow
{
    /// <summary>How many buckets the window has.</summary>
    public const int Buckets = 10;

    private const int CountBits = 14;
    private const int CountMask = (1 << CountBits) - 1;
    private const int EpochShift = 3 * CountBits;
    private const long EpochMask = (1L << (64 - EpochShift)) - 1;

    private readonly long[] _words = new long[Buckets];
    private readonly long _origin;
    private readonly long _bucketTicks;

    /// <summary>Makes an empty window.</summary>
    /// <param name="windowTicks">Its length, in timestamp units.</param>
    /// <param name="now">The time, a timestamp.</param>
    public CallWindow(long windowTicks, long now)
    {
        _bucketTicks = Math.Max(1, windowTicks / Buckets);
        // So that the numbers begin with 10: a word of zero is older than any window.
        _origin = now - (Buckets * _bucketTicks);
    }

    /// <summary>Counts a call.</summary>
    /// <param name="failed">Whether it failed.</param>
    /// <param name="slow">Whether it took long.</param>
    /// <param name="now">The time, a timestamp.</param>
    public void Count(bool failed, bool slow, long now)
    {
        long epoch = EpochAt(now);
        ref long word = ref _words[epoch % Buckets];
        long add = 1 | (failed ? 1L << CountBits : 0) | (slow ? 1L << (2 * CountBits) : 0);
        while (true)
        {
            long seen = Volatile.Read(ref word);
            long age = epoch - EpochOf(seen, epoch);
            // A thread that read the clock before the others turned the bucket over: its call belongs to the newer tenth, nearly.
            long next = age <= 0 ? WithRoom(seen) + add : ((epoch & EpochMask) << EpochShift) + add;
            if (Interlocked.CompareExchange(ref word, next, seen) == seen)
                return;
        }
    }

    /// <summary>What the window holds.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public BreakerCounts Sum(long now)
    {
        long epoch = EpochAt(now);
        int calls = 0, failures = 0, slow = 0;
        foreach (ref long place in _words.AsSpan())
        {
            long word = Volatile.Read(ref place);
            if (epoch - EpochOf(word, epoch) >= Buckets)
                continue;
            calls += (int)(word & CountMask);
            failures += (int)((word >> CountBits) & CountMask);
            slow += (int)((word >> (2 * CountBits)) & CountMask);
        }

        return new BreakerCounts(calls, failures, slow);
    }

    // The full number behind the stored bits: the one nearest to the present.
    private static long EpochOf(long word, long epoch)
    {
        long stored = (word >> EpochShift) & EpochMask;
        long behind = (epoch - stored) & EpochMask;
        return behind > EpochMask / 2 ? epoch + (EpochMask + 1 - behind) : epoch - behind;
    }

    // A full bucket is halved: its shares stay what they are, and what is left (8191) is more than any minimum.
    private static long WithRoom(long word)
    {
        if ((word & CountMask) != CountMask)
            return word;
        long counts = word & ((1L << EpochShift) - 1);
        long halved = (Half(counts >> (2 * CountBits)) << (2 * CountBits)) | (Half((counts >> CountBits) & CountMask) << CountBits) | Half(counts & CountMask);
        return (word & ~((1L << EpochShift) - 1)) | halved;
    }

    private static long Half(long count) => (count & CountMask) >> 1;

    private long EpochAt(long now) => Math.Max(0, now - _origin) / _bucketTicks;
}
