namespace Dispatcher.Actors;

/// <summary>A concurrency limit that finds its value by itself, by what stands in the queue and what workers lack.</summary>
public sealed record AdaptiveLimitSettings
{
    /// <summary>The least value. 1 to 67,108,864. Below the number of workers it keeps some of them idle.</summary>
    public required int Min { get; init; }

    /// <summary>The greatest value. <see cref="Min"/> to 67,108,864.</summary>
    public required int Max { get; init; }

    /// <summary>The value at the start. <see cref="Min"/> to <see cref="Max"/>.</summary>
    public required int Initial { get; init; }

    /// <summary>How long the luckiest task of a window may have waited, half its run time aside. 100 us to 1 minute.</summary>
    public required TimeSpan TargetWait { get; init; }

    /// <summary>How much of a shrinking is made at once. 0.01 to 1.</summary>
    public required double Smoothing { get; init; }

    /// <summary>How many ended tasks a decision needs. 1 to 1,000,000.</summary>
    public required int MinimumSamples { get; init; }
}
