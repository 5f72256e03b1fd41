namespace Dispatcher.Simulation;

/// <summary>What arrives at a pool, and how its workers cope.</summary>
internal sealed record Workload
{
    public required string Name { get; init; }

    /// <summary>What happens, for the report.</summary>
    public required string About { get; init; }

    public required TimeSpan Length { get; init; }

    /// <summary>Tasks a second at a time in seconds. Arrivals are independent of each other (Poisson).</summary>
    public required Func<double, double> Rate { get; init; }

    /// <summary>No rate is greater.</summary>
    public required double MaxRate { get; init; }

    /// <summary>Seconds in the handler, from the random numbers of the tasks.</summary>
    public required Func<Rng, double> RunSeconds { get; init; }

    /// <summary>By how much tasks run longer, by the time in seconds and the number that run.</summary>
    public Func<double, int, double> Slowdown { get; init; } = static (_, _) => 1;

    /// <summary>How long a worker takes to come up.</summary>
    public TimeSpan StartTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a new worker is cold.</summary>
    public TimeSpan ColdFor { get; init; }

    /// <summary>How much longer tasks run on a cold worker.</summary>
    public double ColdFactor { get; init; } = 1;

    /// <summary>Workers to begin with.</summary>
    public required int Workers { get; init; }

    /// <summary>When something changes for the worse, in seconds: the time to recover is counted from there.</summary>
    public IReadOnlyList<double> Shocks { get; init; } = [];

    /// <summary>How long a period is, where it repeats.</summary>
    public double? PeriodSeconds { get; init; }

    /// <summary>Whether the best size is always the same.</summary>
    public bool IsConstant { get; init; }

    /// <summary>From when on the figures count, in seconds: what a fixed size need not find is not held against the rules that do.</summary>
    public double MeasuredFrom { get; init; }
}
