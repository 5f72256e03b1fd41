namespace Dispatcher.Simulation;

/// <summary>What one rule made of one workload.</summary>
internal sealed record RunResult
{
    // Six minutes of one worker: for a pool of 40, nine seconds of all of it.
    private const double CostOfViolation = 0.1;

    public required string Rule { get; init; }

    /// <summary>Ticks in which the 99th percentile of the wait was over the target, or more than 1 % were refused.</summary>
    public required double Violations { get; init; }

    public required int Ticks { get; init; }

    /// <summary>Tasks that waited longer than the target or were refused, as a share.</summary>
    public required double LateShare { get; init; }

    public required double WorkerHours { get; init; }

    public required double DirectionChanges { get; init; }

    /// <summary>The most ticks from a shock to the last violation before five ticks without one; null where there is no shock.</summary>
    public required int? RecoveryTicks { get; init; }

    /// <summary>One figure for the order: worker-hours, and a tenth of one for each second out of the target.</summary>
    public double Cost => WorkerHours + (Violations * CostOfViolation);

    public required int MostWorkers { get; init; }

    public required int WorkersAtEnd { get; init; }

    /// <summary>The means of several runs with the same rules in the same order; the worst of times to recover and the most of workers.</summary>
    public static IReadOnlyList<RunResult> Average(IReadOnlyList<IReadOnlyList<RunResult>> runs) =>
    [
        .. Enumerable.Range(0, runs[0].Count).Select(rule => runs[0][rule] with
        {
            Violations = runs.Average(run => run[rule].Violations),
            LateShare = runs.Average(run => run[rule].LateShare),
            WorkerHours = runs.Average(run => run[rule].WorkerHours),
            DirectionChanges = runs.Average(run => run[rule].DirectionChanges),
            RecoveryTicks = runs.Max(run => run[rule].RecoveryTicks),
            MostWorkers = runs.Max(run => run[rule].MostWorkers),
        }),
    ];
}
