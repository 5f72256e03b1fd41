namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>How long tasks wait.</summary>
/// <param name="P99Seconds">The 99th percentile: of those that started lately or, when none did, the age of the oldest that waits.</param>
/// <param name="NowSeconds">The same, but no more than the age of the oldest that waits now: a breach that is over needs no more workers.</param>
internal readonly record struct Waits(double P99Seconds, double NowSeconds)
{
    /// <summary>The waits of a tick.</summary>
    /// <param name="sample">The tick.</param>
    /// <param name="refusedSeconds">
    /// The wait that a refused task stands for. Where more than 1 % are refused, the 99th percentile is one of them, however short the queue is.
    /// </param>
    public static Waits Of(PoolSample sample, double refusedSeconds)
    {
        double oldest = sample.OldestWait.TotalSeconds;
        if (sample.RefusedPerSecond > sample.OfferedPerSecond / 100)
            return new Waits(Math.Max(oldest, refusedSeconds), Math.Max(oldest, refusedSeconds));
        double p99 = sample.Started > 0 ? sample.WaitP99.TotalSeconds : oldest;
        return new Waits(p99, Math.Min(p99, oldest));
    }
}
