using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Settings of a pool, by chance: small ones, so that every bound is met all the time.</summary>
internal static class LifeSettings
{
    /// <summary>The most attempts that any task has.</summary>
    public const int MaxAttempts = 4;

    private static readonly RoutingPolicy[] s_routings = Enum.GetValues<RoutingPolicy>();
    private static readonly FullPolicy[] s_fullPolicies = Enum.GetValues<FullPolicy>();

    public static PoolSettings Draw(Random random)
    {
        PoolSettings settings = DrawPool(random);
        return settings with { Admission = SimulatedAdmission.Draw(random, settings) };
    }

    private static PoolSettings DrawPool(Random random) => TestCells.Settings with
    {
        WorkersMin = 1,
        WorkersMax = 6,
        Replacements = random.Next(3),
        Concurrency = 1 + random.Next(3),
        TasksPerTurn = 1 + random.Next(5),
        TimePerTurn = random.Next(2) == 0 ? TimeSpan.FromMilliseconds(1) : null,
        // Half of them as the default has it.
        Routing = random.Next(2) == 0 ? RoutingPolicy.CreditPull : s_routings[random.Next(s_routings.Length)],
        QueuePerWorker = 1 + random.Next(5),
        QueueCapacity = 1 + random.Next(16),
        MaxWaiting = 1 + random.Next(7),
        FullPolicy = s_fullPolicies[random.Next(s_fullPolicies.Length)],
        QueueBudget = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(30) : null,
        // What has completed is kept to the end of the life.
        Idempotency = new IdempotencySettings { Retention = TimeSpan.FromDays(10_000), Outcomes = 10_000 },
        Grace = TimeSpan.FromMilliseconds(20),
        DrainTimeout = TimeSpan.FromMilliseconds(50),
        Retries = new RetrySettings
        {
            Attempts = random.Next(1, MaxAttempts + 1),
            TryTimeout = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(10) : null,
            On = ["any"],
            BackoffFirst = TimeSpan.FromMilliseconds(4),
            BackoffMax = TimeSpan.FromMilliseconds(20),
        },
        RetryLimits = new RetryLimits { BudgetPercent = random.Next(3) * 50, BudgetFloor = random.Next(7), MaxDelayed = random.Next(1, 9), PoisonAfter = random.Next(1, 4) },
        Supervision = TestCells.Settings.Supervision with { StopOn = random.Next(4) == 0 ? ["InvalidOperationException"] : [], BackoffAfter = random.Next(1, 4) },
    };
}
