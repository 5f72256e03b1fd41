using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Scaling;

/// <summary>How a pool finds its size. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>, below <c>scaling</c>.</summary>
public sealed record ScalingSettings
{
    /// <summary><c>policy</c>; <see cref="ScalingKind.Off"/> also where the pool has one size only.</summary>
    public required ScalingKind Policy { get; init; }

    /// <summary><c>tick</c></summary>
    public required TimeSpan Tick { get; init; }

    /// <summary><c>idle-timeout</c>; null for off.</summary>
    public required TimeSpan? IdleTimeout { get; init; }

    /// <summary><c>cpu-limit-percent</c></summary>
    public required int CpuLimitPercent { get; init; }

    /// <summary><c>decisions</c></summary>
    public required int Decisions { get; init; }

    /// <summary><c>slo</c></summary>
    public required SloSettings Slo { get; init; }

    /// <summary><c>article</c></summary>
    public required ArticleSettings Article { get; init; }
}
