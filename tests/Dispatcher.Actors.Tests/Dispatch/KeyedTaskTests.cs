using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Dispatch;

/// <summary>Parked tasks in a pool's core: they count, they can be ended like queued ones, and no place is lost.</summary>
[Collection(Alone.Name)]
public sealed class KeyedTaskTests
{
    private static readonly TaskOptions s_keyed = new() { Key = "a" };

    private readonly ManualTime _time = new();
    private readonly List<string> _started = [];

    [Fact]
    public async Task Parked_HoldsItsPlace_AndRunsAfterTheOneBefore()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings);
        TaskHandle<int>[] handles = [.. Enumerable.Range(0, 4).Select(i => Submit(route, $"{i}", s_keyed))];
        Assert.Equal(4, core.Snapshot().Queued);
        Assert.Equal(RejectReason.QueueFull, ((Rejected)(await DetailOf(Submit(route, "5", null)))!).Reason);
        Assert.All(handles, handle => Assert.Equal(TaskState.Queued, handle.State));
        Assert.Equal(1, core.Shared.Queue.Claimed);

        worker.RunTurn();

        Assert.Equal(["0", "1", "2", "3"], _started);
        Assert.Equal(0, core.Snapshot().Queued);
        Assert.Equal(0, core.Keys.Count);
    }

    [Fact]
    public async Task Parked_Cancelled_ItsPlaceIsFreeAtOnceAndTheOrderGoesOn()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings);
        TaskHandle<int>[] handles = [.. Enumerable.Range(0, 4).Select(i => Submit(route, $"{i}", s_keyed))];

        Assert.True(handles[2].TryCancel("test"));

        Assert.Equal(new Cancelled("test"), await DetailOf(handles[2]));
        Assert.Equal(3, core.Snapshot().Queued);
        Assert.False(handles[2].TryCancel("test"));
        worker.RunTurn();
        Assert.Equal(["0", "1", "3"], _started);
        Assert.Equal(4, core.Snapshot().Ended);
    }

    [Fact]
    public async Task Parked_DeadlinePasses_Expires()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings);
        Submit(route, "0", s_keyed);
        TaskHandle<int> late = Submit(route, "1", s_keyed with { Deadline = TimeSpan.FromSeconds(1) });
        _time.Advance(TimeSpan.FromSeconds(2));
        core.Sweep();

        Assert.Equal(new Expired(ExpiredWhere.Queue), await DetailOf(late));

        Assert.Equal(1, core.Snapshot().Queued);
        worker.RunTurn();
        Assert.Equal(["0"], _started);
    }

    [Fact]
    public async Task Parked_ReleasedAfterASweepHadPassed_ItsDeadlineIsKept()
    {
        (PoolCore core, TaskRoute<string, int> route, _) = Make(TestCells.Settings);
        TaskHandle<int> first = Submit(route, "0", s_keyed);
        TaskHandle<int> second = Submit(route, "1", s_keyed with { Deadline = TimeSpan.FromSeconds(1) });
        core.Sweep();
        Assert.True(first.TryCancel("test"));
        Assert.Equal(TaskState.Queued, second.State);
        Assert.NotEqual(long.MaxValue, core.NextSweep);
        _time.Advance(TimeSpan.FromSeconds(2));

        core.Sweep();

        Assert.Equal(new Expired(ExpiredWhere.Queue), await DetailOf(second));
    }

    [Fact]
    public async Task Parked_MoreUrgentTaskMeetsAFullQueue_IsShed()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings with { FullPolicy = FullPolicy.DropOldest });
        TaskOptions low = s_keyed with { Priority = TaskPriority.P2 };
        TaskHandle<int>[] handles = [.. Enumerable.Range(0, 4).Select(i => Submit(route, $"{i}", i == 0 ? s_keyed : low))];

        TaskHandle<int> urgent = Submit(route, "urgent", new TaskOptions { Priority = TaskPriority.P0 });

        Assert.Equal(RejectReason.Shed, ((Rejected)(await DetailOf(handles[1]))!).Reason);
        Assert.Equal(TaskState.Queued, urgent.State);
        Assert.Equal(4, core.Snapshot().Queued);
        worker.RunTurn();
        Assert.Equal(["urgent", "0", "2", "3"], _started);
        Assert.Equal(5, core.Snapshot().Ended);
        Assert.Equal(0, core.Snapshot().Queued);
    }

    [Fact]
    public async Task Parked_PoolCloses_AllAreRejectedAsStopped()
    {
        (PoolCore core, TaskRoute<string, int> route, _) = Make(TestCells.Settings);
        TaskHandle<int>[] handles = [.. Enumerable.Range(0, 4).Select(i => Submit(route, $"{i}", s_keyed))];
        core.BeginDrain();

        core.Close();

        foreach (TaskHandle<int> handle in handles)
            Assert.Equal(new Rejected(RejectReason.Stopped, null), await DetailOf(handle));
        Assert.Equal((0, 0), (core.Snapshot().Queued, core.Keys.Count));
        Assert.True(core.IsQuiet);
    }

    [Fact]
    public void Close_AMillionParkedBehindOne_NeedsNoStack()
    {
        const int Tasks = 1_000_000;
        (PoolCore core, TaskRoute<string, int> route, _) = Make(TestCells.Settings with { QueueCapacity = Tasks });
        for (int i = 0; i < Tasks; i++)
            route.TrySubmit("x", s_keyed);

        core.Close();

        Assert.Equal(Tasks, core.Snapshot().Rejected);
    }

    [Fact]
    public async Task Release_PoolHasClosedMeanwhile_TheNextOneIsRejected()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings);
        TaskHandle<int>? second = null;
        // The stop comes while the first one runs; a submitter that had passed the door before parks its task behind it.
        _onStart = () =>
        {
            Assert.Null(core.Admit(TaskPriority.P1, "a", mayWait: false, out TaskLine line, out CellState place));
            core.Close();
            TaskCell<string, int> cell = TestCells.Cell(route, "late", CellState.Free);
            cell.Line = line;
            second = new TaskHandle<int>();
            cell.Fill("late", TaskSink.Handle, second);
            cell.EnsureExtras().Link = new Actors.Admission.Keys.KeyLink("a");
            second.Bind(cell, cell.Begin(place));
            core.Enter(cell, place);
        };
        Submit(route, "0", s_keyed);

        worker.RunTurn();

        Assert.Equal(new Rejected(RejectReason.Stopped, null), await DetailOf(second));
        Assert.Equal(["0"], _started);
        Assert.True(core.IsQuiet);
    }

    [Fact]
    public async Task GaveWay_RoomInTheLine_RunsBehindTheOneThatWaits()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings with { FullPolicy = FullPolicy.Wait, QueueCapacity = 1 });
        // One has passed the door; before it enters, another one of its key joins the waiting line.
        Assert.Null(core.Admit(TaskPriority.P1, "a", mayWait: true, out TaskLine line, out CellState place));
        Assert.Equal(CellState.Queued, place);
        ValueTask<TaskOutcome<int>> waiting = route.RunAsync("waits", s_keyed, default);
        (TaskCell<string, int> cell, TaskHandle<int> handle) = Admitted(route, line, place);

        core.Enter(cell, place);
        worker.RunTurn();

        Assert.Equal(["waits", "admitted"], _started);
        Assert.True(waiting.IsCompleted);
        Assert.True((await waiting).IsCompleted);
        Assert.Null(await DetailOf(handle));
        AssertEmpty(core, submitted: 2);
    }

    [Fact]
    public async Task WaitingLine_UrgentTaskBehindAnotherOfItsKey_KeepsTheOrderAndDeadlocksNobody()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings with { FullPolicy = FullPolicy.Wait, QueueCapacity = 1, MaxWaiting = 4 });
        List<Task<TaskOutcome<int>>> outcomes = [route.RunAsync("0", null, default).AsTask()];
        TaskPriority[] priorities = [TaskPriority.P2, TaskPriority.P0, TaskPriority.P1];
        for (int i = 0; i < priorities.Length; i++)
            outcomes.Add(route.RunAsync($"{i + 1}", s_keyed with { Priority = priorities[i] }, default).AsTask());
        Assert.Equal((1, 3), (core.Snapshot().Queued, core.Snapshot().Waiting));

        worker.RunTurn();

        Assert.Equal(["0", "1", "2", "3"], _started);
        Assert.All(await Task.WhenAll(outcomes), outcome => Assert.True(outcome.IsCompleted));
        AssertEmpty(core, submitted: 4);
    }

    [Fact]
    public void IdleKeys_AHundredThousand_LeaveNothingBehind()
    {
        const int Keys = 100_000;
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings with { QueueCapacity = Keys, TasksPerTurn = Keys });
        Fill("warm up");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Fill("keys");
        Assert.Equal(0, core.Keys.Count);
        // What the pool of cells keeps is bounded; a key would be at least 100 bytes, 10 MB together.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, -10_000_000, 5_000_000);

        void Fill(string kind)
        {
            for (int i = 0; i < Keys; i++)
                route.TrySubmit("x", new TaskOptions { Key = $"{kind} {i}" });
            Assert.Equal(Keys, core.Keys.Count);
            worker.RunTurn();
            _started.Clear();
        }
    }

    private Action? _onStart;

    private (PoolCore Core, TaskRoute<string, int> Route, WorkerSlot Worker) Make(PoolSettings settings)
    {
        PoolCore core = TestCells.Core(settings, _time);
        TaskRoute<string, int> route = TestCells.Route(core, (task, _) =>
        {
            _started.Add(task);
            _onStart?.Invoke();
            return new ValueTask<int>(1);
        });
        WorkerSlot worker = core.Slots.TryTake()!;
        worker.Man(new Deaf());
        core.Open();
        return (core, route, worker);
    }

    private static TaskHandle<int> Submit(TaskRoute<string, int> route, string task, TaskOptions? options)
    {
        route.TrySubmit(task, options, out TaskHandle<int> handle);
        return handle;
    }

    // Everything happens on this thread: an outcome is there, or never comes.
    private static async Task<OutcomeDetail?> DetailOf(TaskHandle<int>? handle)
    {
        Assert.True(handle!.Outcome.IsCompleted);
        return (await handle.Outcome).Detail;
    }

    private static (TaskCell<string, int> Cell, TaskHandle<int> Handle) Admitted(TaskRoute<string, int> route, TaskLine line, CellState place)
    {
        TaskCell<string, int> cell = TestCells.Cell(route, "admitted", CellState.Free);
        cell.Line = line;
        TaskHandle<int> handle = new();
        cell.Fill("admitted", TaskSink.Handle, handle);
        cell.EnsureExtras().Link = new Actors.Admission.Keys.KeyLink("a");
        handle.Bind(cell, cell.Begin(place));
        return (cell, handle);
    }

    private static void AssertEmpty(PoolCore core, int submitted)
    {
        PoolSnapshot snapshot = core.Snapshot();
        Assert.Equal((submitted, submitted, 0, 0), ((int)snapshot.Submitted, (int)snapshot.Ended, snapshot.Queued, snapshot.Waiting));
        Assert.Equal(0, core.Keys.Count);
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
