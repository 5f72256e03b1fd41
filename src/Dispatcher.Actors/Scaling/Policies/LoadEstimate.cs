namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>
/// The load that a pool has to carry: rate and run time. The rate is smoothed with its trend as long as it only jitters (Holt's double exponential
/// smoothing), and taken at once when it moves by more than chance explains. Never changed, only replaced.
/// </summary>
internal sealed record LoadEstimate
{
    // Independent arrivals in a tick vary by the root of their number (Poisson); by 4 of those through chance once in 30,000 ticks.
    private const double Sigmas = 4;

    // The rate remembers these seconds, or half a task's run time if that is longer: in that time the number of tasks at work averages it anyway.
    private const double RateMemorySeconds = 5;

    // A rise in rate needs all its workers only after a task's run time. A long task's pool may take several ticks to believe it.
    private const double BeliefSeconds = 4;

    // What is ordered now has to do for the whole next tick.
    private const double AheadSeconds = 1.5;

    // A mean run time of fewer tasks is luck: it remembers these seconds, or this many tasks if that is longer.
    private const double RunMemorySeconds = 8;
    private const double RestMemorySeconds = 60;
    private const double RunMemoryTasks = 100;

    private double Level { get; init; }

    private double TrendPerSecond { get; init; }

    private double RunTasks { get; init; }

    private double RestRunTasks { get; init; }

    /// <summary>Tasks offered a second, in the next tick.</summary>
    public double PerSecond => Level + (Math.Max(0, TrendPerSecond) * AheadSeconds);

    /// <summary>Mean seconds in the handler; 0 when no task has ended yet.</summary>
    public double RunSeconds { get; private init; }

    /// <summary>Mean seconds in the handler while no task had to wait for a worker; 0 when there was no such time yet.</summary>
    public double RestRunSeconds { get; private init; }

    /// <summary>Whether the rate has just risen by more than chance explains.</summary>
    public bool HasJumpedUp { get; private init; }

    /// <summary>How many workers the load keeps busy all the time: Little's law, L = lambda W.</summary>
    public double BusyWorkers => PerSecond * RunSeconds;

    /// <summary>The same, were the handlers as quick as at rest. What is above may be the doing of too many workers.</summary>
    public double TrustedBusyWorkers => PerSecond * (RestRunSeconds == 0 ? RunSeconds : Math.Min(RunSeconds, RestRunSeconds));

    /// <summary>The estimate after one tick more.</summary>
    /// <param name="sample">The tick.</param>
    public LoadEstimate With(PoolSample sample)
    {
        double seconds = sample.Interval.TotalSeconds;
        double expected = Level + (TrendPerSecond * seconds);
        double moved = sample.OfferedPerSecond - expected;
        // The second term is for low rates, where the distribution leans to the right.
        double noise = (Sigmas * Math.Sqrt(Math.Max(expected, 0) / seconds)) + (Sigmas / seconds);
        bool isJump = Math.Abs(moved) > noise;
        double belief = RunSeconds == 0 ? 1 : Math.Min(1, BeliefSeconds * seconds / RunSeconds);
        double share = isJump ? belief : 1 - Math.Exp(-seconds / Math.Max(RateMemorySeconds, RunSeconds / 2));
        (double run, double runTasks) = sample.Ended == 0 ? (RunSeconds, RunTasks) : Smooth(RunSeconds, RunTasks, sample, RunMemorySeconds);
        (double restRun, double restRunTasks) = sample.Ended == 0 || sample.Queued > 0
            ? (RestRunSeconds, RestRunTasks)
            : Smooth(RestRunSeconds, RestRunTasks, sample, RestMemorySeconds);
        return new LoadEstimate
        {
            Level = Math.Max(0, expected + (moved * share)),
            // Critically damped: the trend's share is a quarter of the level's, squared.
            TrendPerSecond = isJump ? 0 : TrendPerSecond + (moved * share * share / 4 / seconds),
            HasJumpedUp = isJump && moved > 0,
            RunSeconds = run,
            RunTasks = runTasks,
            RestRunSeconds = restRun,
            RestRunTasks = restRunTasks,
        };
    }

    // The mean of all tasks at first, and one that forgets exponentially as soon as there are enough.
    private static (double Mean, double Tasks) Smooth(double mean, double tasks, PoolSample sample, double memorySeconds)
    {
        double added = Math.Max(1, sample.CompletedPerSecond * sample.Interval.TotalSeconds);
        double most = Math.Max(RunMemoryTasks, sample.CompletedPerSecond * memorySeconds);
        tasks = Math.Min(tasks + added, most);
        return (mean + ((sample.RunMean.TotalSeconds - mean) * Math.Min(1, added / tasks)), tasks);
    }
}
