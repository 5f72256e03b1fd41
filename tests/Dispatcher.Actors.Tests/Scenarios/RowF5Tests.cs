using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>Row F5, priorities: P0 is served first, P2 is shed first, nothing starves.</summary>
public sealed class RowF5Tests : PoolTest
{
    [Fact]
    public void Queued_AllClasses_P0IsServedFirstThenP1ThenP2()
    {
        // The worker's own looks, without actors: its first seven begin with P0.
        List<string> order = [];
        PoolCore core = TestCells.Core(TestCells.Settings with { QueueCapacity = 6 });
        TaskRoute<string, int> route = TestCells.Route(core, (task, _) =>
        {
            order.Add(task);
            return new ValueTask<int>(1);
        });
        foreach (string task in (string[])["P2 a", "P1 a", "P0 a", "P2 b", "P1 b", "P0 b"])
            route.TrySubmit(task, new TaskOptions { Priority = Enum.Parse<TaskPriority>(task[..2]) });
        RunTurn(core);
        Assert.Equal(["P0 a", "P0 b", "P1 a", "P1 b", "P2 a", "P2 b"], order);
    }

    [Fact]
    public async Task FullQueue_UrgentTasksCome_P2IsShedBeforeP1AndP0Never()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Queue(4, FullPolicy.DropOldest).Handle<Work, string>(Work.HandleAsync));
        Work first = new("first");
        Task<TaskOutcome<string>> running = pool.RunAsync(first).AsTask();
        await Soon(first.Started.ContinueWith(_ => true, TaskScheduler.Default));
        Task<TaskOutcome<string>>[] low = [Submit(pool, "p1 a", 1), Submit(pool, "p2 a", 2), Submit(pool, "p2 b", 2), Submit(pool, "p1 b", 1)];
        Task<TaskOutcome<string>>[] urgent = new Task<TaskOutcome<string>>[4];
        int[] victims = [1, 2, 0, 3];
        for (int i = 0; i < victims.Length; i++)
        {
            urgent[i] = Submit(pool, "p0", 0);
            Assert.Equal(RejectReason.Shed, ((Rejected)(await Soon(low[victims[i]])).Detail!).Reason);
        }

        Assert.Equal(RejectReason.QueueFull, ((Rejected)(await Soon(Submit(pool, "p0", 0))).Detail!).Reason);
        Assert.All(urgent, task => Assert.False(task.IsCompleted));
        Assert.False(running.IsCompleted);
    }

    [Fact]
    public void EndlessP0_P1AndP2_GetTheirShareOfTheTurns()
    {
        // P0 never runs dry.
        PoolCore core = TestCells.Core(TestCells.Settings with { QueueCapacity = 1_000, TasksPerTurn = 320 });
        int[] served = new int[3];
        TaskRoute<string, int> route = null!;
        route = TestCells.Route(core, (task, _) =>
        {
            served[task[0] - '0']++;
            if (task[0] == '0')
                route.TrySubmit("0", new TaskOptions { Priority = TaskPriority.P0 });
            return new ValueTask<int>(1);
        });
        for (int i = 0; i < 100; i++)
        {
            foreach (TaskPriority priority in Enum.GetValues<TaskPriority>())
                route.TrySubmit($"{(int)priority}", new TaskOptions { Priority = priority });
        }

        RunTurn(core);

        // 320 looks: 3 of 32 begin with P1 and 1 of 32 with P2.
        Assert.Equal([280, 30, 10], served);
    }

    private static Task<TaskOutcome<string>> Submit(ITaskDispatcher pool, string name, int priority) =>
        pool.RunAsync(new Work(name), new TaskOptions { Priority = (TaskPriority)priority }).AsTask();

    private static void RunTurn(PoolCore core)
    {
        core.Open();
        Actors.Workers.WorkerSlot worker = core.Slots.TryTake()!;
        worker.Man(new Deaf());
        worker.RunTurn();
    }

    private sealed class Deaf : Actors.Workers.IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
