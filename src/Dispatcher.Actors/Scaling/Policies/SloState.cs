namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>What <see cref="SloPolicy"/> remembers.</summary>
internal sealed record SloState : PolicyState
{
    /// <summary>The load.</summary>
    public required LoadEstimate Load { get; init; }

    /// <summary>What was wanted lately.</summary>
    public required PeakWindow Wanted { get; init; }

    /// <summary>The integral part: by which share the measured waits correct what the load asks for.</summary>
    public double Trim { get; init; }

    /// <summary>No correction downwards before this time, since the last one turned out too deep.</summary>
    public TimeSpan TrimAgainAt { get; init; }

    /// <summary>How long such a pause is.</summary>
    public TimeSpan TrimPause { get; init; }

    /// <summary>Whether more workers help.</summary>
    public GrowthEvidence Evidence { get; init; } = GrowthEvidence.None;

    /// <summary>Why growth is pointless at present; null when it is not.</summary>
    public ThroughputVeto? Veto { get; init; }

    /// <summary>The veto that is over, while it is not yet known whether growth helps again; growth is small meanwhile.</summary>
    public ThroughputVeto? Probed { get; init; }

    /// <summary>The growth that has yet to show its gain; null when there is none.</summary>
    public GrowthTrial? Trial { get; init; }

    /// <summary>How many ticks in a row the 99th percentile of the wait was over the target.</summary>
    public int Breaches { get; init; }

    /// <summary>How many workers were up at the last tick.</summary>
    public int Workers { get; init; }

    /// <summary>When the load last rose at once.</summary>
    public TimeSpan JumpedAt { get; init; } = TimeSpan.MinValue;

    /// <summary>How long tasks waited at the last tick, in seconds.</summary>
    public double WaitSeconds { get; init; }

    /// <summary>How many workers the last tick wanted, whatever it got.</summary>
    public double LastWanted { get; init; }
}
