namespace Dispatcher.Actors;

/// <summary>A pool's load at one tick of its autoscaler: what a scaling policy decides on. Durations come from histograms, off by at most 1 %.</summary>
public sealed record PoolSample
{
    /// <summary>How long the tick was.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Tasks submitted a second in the tick, the refused ones included: a number that the size of the pool does not cap.</summary>
    public required double OfferedPerSecond { get; init; }

    /// <summary>Tasks refused or shed a second in the tick because the queue was full.</summary>
    public required double RefusedPerSecond { get; init; }

    /// <summary>Tasks whose handler ended a second in the tick.</summary>
    public required double CompletedPerSecond { get; init; }

    /// <summary>How many tasks the quantiles of the wait stand for; 0 when none started lately, and they say nothing.</summary>
    public required long Started { get; init; }

    /// <summary>The median wait from the door to the handler.</summary>
    public required TimeSpan WaitP50 { get; init; }

    /// <summary>The 95th percentile of the wait.</summary>
    public required TimeSpan WaitP95 { get; init; }

    /// <summary>The 99th percentile of the wait.</summary>
    public required TimeSpan WaitP99 { get; init; }

    /// <summary>How many tasks the figures of the run time stand for.</summary>
    public required long Ended { get; init; }

    /// <summary>The mean time in the handler.</summary>
    public required TimeSpan RunMean { get; init; }

    /// <summary>The median time in the handler.</summary>
    public required TimeSpan RunP50 { get; init; }

    /// <summary>The 95th percentile of the time in the handler.</summary>
    public required TimeSpan RunP95 { get; init; }

    /// <summary>The 99th percentile of the time in the handler.</summary>
    public required TimeSpan RunP99 { get; init; }

    /// <summary>The 99th percentile of wait and run time together.</summary>
    public required TimeSpan LatencyP99 { get; init; }

    /// <summary>Workers that are up and stay.</summary>
    public required int Workers { get; init; }

    /// <summary>Workers that were ordered, those on their way included.</summary>
    public required int Desired { get; init; }

    /// <summary>How many tasks a worker may have in its handlers at once.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Tasks in a handler.</summary>
    public required int Running { get; init; }

    /// <summary>Tasks that wait for a worker.</summary>
    public required int Queued { get; init; }

    /// <summary>How long the oldest of them has waited; zero when none waits.</summary>
    public required TimeSpan OldestWait { get; init; }

    /// <summary>How much of the processor time that the process may use it does use, 0 to 1; null when nobody knows.</summary>
    public double? CpuShare { get; init; }
}
