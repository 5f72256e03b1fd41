using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Actors.Tests.Support;

/// <summary>Cores and cells for tests of the parts below the actors.</summary>
internal static class TestCells
{
    public static readonly PoolSettings Settings = new()
    {
        Name = "test",
        WorkersMin = 1,
        WorkersMax = 4,
        Replacements = 0,
        Scaling = Tests.Scaling.Samples.Defaults with { Policy = ScalingKind.Off },
        StartTimeout = TimeSpan.FromSeconds(30),
        Classes = new Dictionary<WorkerClass, ClassSettings>(),
        HeldThreadWarning = null,
        Concurrency = 1,
        TasksPerKey = 1,
        Idempotency = new IdempotencySettings { Retention = TimeSpan.FromMinutes(10), Outcomes = 1000 },
        TasksPerTurn = 8,
        TimePerTurn = null,
        CallersInTurn = null,
        Routing = RoutingPolicy.CreditPull,
        QueuePerWorker = 2,
        QueueCapacity = 4,
        FullPolicy = FullPolicy.Refuse,
        MaxWaiting = 2,
        QueueBudget = null,
        RetryAfter = TimeSpan.FromMilliseconds(50),
        Grace = TimeSpan.FromSeconds(5),
        PayloadCap = 0,
        DeadlineResolution = TimeSpan.FromMilliseconds(10),
        DrainTimeout = TimeSpan.FromSeconds(5),
        Retries = new RetrySettings
        {
            Attempts = 1,
            TryTimeout = null,
            On = ["transient"],
            BackoffFirst = TimeSpan.FromMilliseconds(100),
            BackoffMax = TimeSpan.FromSeconds(10),
        },
        RetryLimits = new RetryLimits { BudgetPercent = 20, BudgetFloor = 10, MaxDelayed = 16, PoisonAfter = 3 },
        Supervision = new SupervisionSettings
        {
            ResumeOn = [],
            StopOn = [],
            EscalateOn = [],
            EscalateAfter = null,
            BackoffAfter = 100,
            BackoffFirst = TimeSpan.FromMilliseconds(10),
            BackoffMax = TimeSpan.FromMilliseconds(100),
        },
        Tasks = new Dictionary<string, TaskTypeSettings>(),
        Dispatcher = "akka.actor.default-dispatcher",
        Mailbox = "dispatcher.mailbox",
    };

    public static PoolCore Core(PoolSettings? settings = null, TimeProvider? time = null) =>
        new(settings ?? Settings, time ?? TimeProvider.System, null, NullLogger.Instance);

    /// <summary>A core with a route for text tasks that return their length.</summary>
    public static TaskRoute<string, int> Route(PoolCore core, Func<string, TaskContext, ValueTask<int>>? handler = null)
    {
        var shared = new Actors.Workers.DelegateHandler<string, int>(handler ?? ((text, _) => new ValueTask<int>(text.Length)));
        TaskRoute<string, int> route = new(core, "test", _ => shared);
        core.Routes.Add(route);
        return route;
    }

    /// <summary>A cell that nobody waits for, in a given state.</summary>
    public static TaskCell<string, int> Cell(TaskRoute route, string task, CellState state, TaskPriority priority = TaskPriority.P1)
    {
        TaskCell<string, int> cell = new() { Route = route, Line = route.Core.Shared, Priority = priority };
        cell.Fill(task, TaskSink.Nobody, null);
        cell.Begin(state);
        return cell;
    }
}
