namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>How long tasks wait.</summary>
/// <param name="P99Seconds">The 99th percentile: of those that started lately, or the age of the oldest that waits where those that wait are more than one of a hundred.</param>
/// <param name="NowSeconds">The same, but no more than the age of the oldest that waits now: a breach that is over needs no more workers.</param>
internal readonly record struct Waits(double P99Seconds, double NowSeconds)
{
    /// <summary>
    /// The same tick as seen by one of several places for tasks that a worker has: a worker with ten of them is as good as ten with one, or as one that
    /// is ten times as fast.
    /// </summary>
    /// <param name="sample">The tick.</param>
    public static PoolSample PerPlace(PoolSample sample) => sample.Concurrency == 1
        ? sample
        : sample with { RunMean = sample.RunMean / sample.Concurrency, Running = (sample.Running + sample.Concurrency - 1) / sample.Concurrency };

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
        // Of long tasks few start in a tick, and those are the lucky ones: who still waits counts as well, where it is more than one of a hundred.
        double started = sample.WaitP99.TotalSeconds;
        double p99 = sample.Started == 0 || (oldest > started && sample.Queued * 100L > sample.Started) ? oldest : started;
        return new Waits(p99, Math.Min(p99, oldest));
    }
}
