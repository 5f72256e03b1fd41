namespace Dispatcher.Actors.Workers.Failures;

/// <summary>
/// Bounds a pool's retries by a share of its traffic over the last ten seconds, and a floor for pools with little of it: when everything
/// fails, retries must not multiply the load. Source: B. Beyer et al., "Site Reliability Engineering", chapter 21, "Deciding to Retry".
/// </summary>
/// <remarks>Safe for any thread, by a lock: only failures come here. The traffic is read then, not noted for each task.</remarks>
internal sealed class RetryBudget
{
    private const int Buckets = 10;

    private readonly Lock _gate = new();
    private readonly double _ratio;
    private readonly double _floor;
    private readonly long _bucketTicks;
    private readonly double[] _traffic = new double[Buckets];
    private readonly int[] _retries = new int[Buckets];
    private long _bucket;
    private long _trafficSeen;
    private long _seenAt;

    /// <summary>Makes a budget that nothing was taken from.</summary>
    /// <param name="percent">How many retries for each hundred tasks.</param>
    /// <param name="floorPerSecond">How many retries in a second are always allowed, on the average of ten.</param>
    /// <param name="ticksPerSecond">The frequency of the timestamps.</param>
    /// <param name="now">The time, a timestamp; no task has come before it.</param>
    public RetryBudget(int percent, int floorPerSecond, long ticksPerSecond, long now)
    {
        _ratio = percent / 100.0;
        _floor = (double)floorPerSecond * Buckets;
        _bucketTicks = ticksPerSecond;
        _bucket = now / ticksPerSecond;
        _seenAt = now;
    }

    /// <summary>Takes one retry out of the budget.</summary>
    /// <param name="traffic">How many tasks the pool has taken in since its start.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(long traffic, long now)
    {
        lock (_gate)
        {
            Note(traffic, now);
            if (_retries.Sum() + 1 > _floor + (_ratio * _traffic.Sum()))
                return false;
            _retries[_bucket % Buckets]++;
            return true;
        }
    }

    // The traffic since the last look counts for now. Where the look is longer ago than the window, only the window's share of it does.
    private void Note(long traffic, long now)
    {
        long bucket = now / _bucketTicks;
        // Time may seem to go back between two threads: then it stands.
        for (long passed = Math.Min(bucket - _bucket, Buckets); passed > 0; passed--)
        {
            long old = (bucket - passed + 1) % Buckets;
            _traffic[old] = 0;
            _retries[old] = 0;
        }

        _bucket = Math.Max(_bucket, bucket);
        double window = (double)Buckets * _bucketTicks;
        double share = now - _seenAt > window ? window / (now - _seenAt) : 1;
        _traffic[_bucket % Buckets] += Math.Max(0, traffic - _trafficSeen) * share;
        _trafficSeen = Math.Max(_trafficSeen, traffic);
        _seenAt = Math.Max(_seenAt, now);
    }
}
