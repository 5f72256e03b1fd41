namespace Dispatcher.Actors;

/// <summary>A concurrency limit that finds its value by itself, from how long tasks wait in the queue.</summary>
public sealed record AdaptiveLimitSettings
{
    /// <summary>The least value. 1 to 67,108,864. Below the number of workers it keeps some of them idle.</summary>
    public required int Min { get; init; }

    /// <summary>The greatest value. <see cref="Min"/> to 67,108,864.</summary>
    public required int Max { get; init; }

    /// <summary>The value at the start. <see cref="Min"/> to <see cref="Max"/>.</summary>
    public required int Initial { get; init; }

    /// <summary>The wait that is still good; what tasks waited in the long run counts only up to here. 100 us to 1 minute.</summary>
    public required TimeSpan TargetWait { get; init; }

    /// <summary>How much of a change is made at once. 0.01 to 1; 0.2 is usual.</summary>
    public required double Smoothing { get; init; }

    /// <summary>How many windows the long run has. 10 to 100,000; 600 is usual.</summary>
    public required int LongWindow { get; init; }

    /// <summary>How many ended tasks a decision needs. 1 to 1,000,000.</summary>
    public required int MinimumSamples { get; init; }
}
