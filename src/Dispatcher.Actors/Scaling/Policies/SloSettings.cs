namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>Settings of <see cref="SloPolicy"/>. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record SloSettings
{
    /// <summary><c>target-wait</c></summary>
    public required TimeSpan TargetWait { get; init; }

    /// <summary><c>utilization-percent</c></summary>
    public required int UtilizationPercent { get; init; }

    /// <summary><c>max-utilization-percent</c></summary>
    public required int MaxUtilizationPercent { get; init; }

    /// <summary><c>drain-time</c></summary>
    public required TimeSpan DrainTime { get; init; }

    /// <summary><c>shrink-window</c></summary>
    public required TimeSpan ShrinkWindow { get; init; }

    /// <summary><c>shrink-step-percent</c></summary>
    public required int ShrinkStepPercent { get; init; }
}
