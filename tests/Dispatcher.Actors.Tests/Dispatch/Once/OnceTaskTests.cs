using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Dispatch.Once;

/// <summary>Tasks with an idempotency key in a pool's core, on one thread: an outcome is there, or never comes.</summary>
public sealed class OnceTaskTests
{
    private static readonly TaskOptions s_keyed = new() { IdempotencyKey = "key" };

    private readonly ManualTime _time = new();
    private readonly List<string> _started = [];
    private Func<string, TaskContext, ValueTask<int>> _handle = (text, _) => new ValueTask<int>(text.Length);

    [Fact]
    public async Task EveryEntry_OneKey_IsOneTask()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make();
        ValueTask<TaskOutcome<int>> run = route.RunAsync("task", s_keyed, default);
        TaskHandle<int> submitted = await route.SubmitAsync("task", s_keyed, default);
        Assert.True(route.TrySubmit("task", s_keyed, out TaskHandle<int> tried));
        Assert.True(route.TrySubmit("task", s_keyed));
        Assert.True(await route.PostAsync("task", s_keyed, default));
        Assert.Equal((1, 4, 1), (core.Snapshot().Submitted, core.Snapshot().Joined, core.Snapshot().Queued));
        Assert.Equal(TaskState.Queued, tried.State);
        Assert.Equal(submitted.Id, tried.Id);

        worker.RunTurn();

        Assert.Equal(["task"], _started);
        Assert.Equal((4, 4, 4), ((await run).Result, (await submitted.Outcome).Result, (await tried.Outcome).Result));
        Assert.Equal(4, (await route.RunAsync("task", s_keyed, default)).Result);
        Assert.Equal((1, 1, 5), (core.Snapshot().Submitted, core.Snapshot().Completed, core.Snapshot().Joined));
    }

    [Fact]
    public async Task OtherPayload_IsRefusedAndCounted()
    {
        (PoolCore core, TaskRoute<string, int> route, _) = Make();
        route.TrySubmit("task", s_keyed);
        Assert.Equal(new Rejected(RejectReason.OtherPayload, null), (await route.RunAsync("another", s_keyed, default)).Detail);
        Assert.False(route.TrySubmit("another", s_keyed));
        Assert.False(await route.PostAsync("another", s_keyed, default));
        Assert.Equal((4, 3, 0), (core.Snapshot().Submitted, core.Snapshot().RejectedBy[RejectReason.OtherPayload], core.Snapshot().Joined));
    }

    [Fact]
    public async Task FirstIsRejected_TheNextRuns()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings with { QueueCapacity = 1 });
        route.TrySubmit("fills the queue", null);
        Assert.Equal(RejectReason.QueueFull, ((Rejected)(await route.RunAsync("task", s_keyed, default)).Detail!).Reason);
        Assert.False(route.TrySubmit("task", s_keyed));
        Assert.Equal(0, core.Once.Count);
        worker.RunTurn();

        Assert.True(route.TrySubmit("task", s_keyed, out TaskHandle<int> handle));
        worker.RunTurn();
        Assert.Equal(4, (await handle.Outcome).Result);
        Assert.Equal((4, 4, 0), (core.Snapshot().Submitted, core.Snapshot().Ended, core.Snapshot().Joined));
    }

    [Fact]
    public async Task FirstFails_TheNextRuns()
    {
        (_, TaskRoute<string, int> route, WorkerSlot worker) = Make();
        _handle = (_, _) => throw new InvalidOperationException("no");
        route.TrySubmit("task", s_keyed, out TaskHandle<int> first);
        worker.RunTurn();
        Assert.IsType<Failed>((await first.Outcome).Detail);
        Assert.NotNull(worker.TakeFault());
        worker.Renew();
        _handle = (_, _) => new ValueTask<int>(1);
        route.TrySubmit("task", s_keyed, out TaskHandle<int> second);
        worker.RunTurn();
        Assert.Equal(1, (await second.Outcome).Result);
    }

    [Fact]
    public void PayloadCannotBeMeasured_TheSubmitterLearnsItAndTheKeyIsFree()
    {
        PoolCore core = TestCells.Core(TestCells.Settings with { PayloadCap = 10 }, _time);
        DelegateHandler<string, int> handler = new((text, _) => new ValueTask<int>(text.Length));
        TaskRoute<string, int> route = new(core, "test", _ => handler, static text => text == "bad" ? throw new FormatException() : text.Length);
        Assert.Throws<FormatException>(() => route.TrySubmit("bad", s_keyed));
        Assert.Equal(0, core.Once.Count);
        Assert.True(route.TrySubmit("good", s_keyed));
    }

    [Fact]
    public async Task Cancel_ByTokensAndHandles_TheTaskGoesOnForTheOthersAndEndsWithTheLast()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make();
        using CancellationTokenSource source = new();
        ValueTask<TaskOutcome<int>> first = route.RunAsync("task", s_keyed, source.Token);
        route.TrySubmit("task", s_keyed, out TaskHandle<int> second);
        await source.CancelAsync();
        Assert.Equal(new Cancelled("caller"), (await first).Detail);
        Assert.Equal(TaskState.Queued, second.State);
        Assert.Equal((1, 0), (core.Snapshot().Queued, core.Snapshot().Cancelled));

        Assert.True(second.TryCancel("second"));

        Assert.Equal(new Cancelled("second"), (await second.Outcome).Detail);
        Assert.Equal((0, 1), (core.Snapshot().Queued, core.Snapshot().Cancelled));
        worker.RunTurn();
        Assert.Empty(_started);
        Assert.Equal(0, core.Once.Count);
    }

    [Fact]
    public async Task Cancel_OfTheLastWhileItRuns_WhoComesBeforeItsEndSharesIt()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make();
        TaskCompletionSource<int> end = new();
        _handle = (_, _) => new ValueTask<int>(end.Task);
        route.TrySubmit("task", s_keyed, out TaskHandle<int> first);
        worker.RunTurn();
        Assert.True(first.TryCancel("first"));
        Assert.Equal(TaskState.Running, first.State);
        route.TrySubmit("task", s_keyed, out TaskHandle<int> second);
        route.TrySubmit("task", s_keyed, out TaskHandle<int> third);
        Assert.True(third.TryCancel("third"));
        Assert.Equal(new Cancelled("third"), (await third.Outcome).Detail);

        end.SetResult(3);

        // The handler has not obeyed: its result is everybody's.
        Assert.Equal((3, 3), ((await first.Outcome).Result, (await second.Outcome).Result));
        Assert.Equal((1, 1, 2), (core.Snapshot().Submitted, core.Snapshot().Completed, core.Snapshot().Joined));
    }

    [Fact]
    public async Task TokenOrDeadline_IsOverBefore_IsNoCallerOfIt()
    {
        (PoolCore core, TaskRoute<string, int> route, _) = Make();
        Assert.Equal(new Cancelled("caller"), (await route.RunAsync("task", s_keyed, new CancellationToken(true))).Detail);
        Assert.Equal(new Expired(ExpiredWhere.Submit), (await route.RunAsync("task", s_keyed with { Deadline = TimeSpan.Zero }, default)).Detail);
        Assert.Equal((0, 2, 2), (core.Once.Count, core.Snapshot().Submitted, core.Snapshot().Ended));
    }

    [Fact]
    public async Task Parent_OfOneCallerIsCancelled_OnlyThatCallerLeaves()
    {
        // One task a turn: the child waits in the queue while its parent awaits.
        (_, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings with { Concurrency = 2, TasksPerTurn = 1 });
        TaskCompletionSource<int> parentEnd = new();
        ValueTask<TaskOutcome<int>> child = default;
        _handle = (text, _) =>
        {
            if (text != "parent")
                return new ValueTask<int>(text.Length);
            child = route.RunAsync("child", s_keyed, default);
            return new ValueTask<int>(parentEnd.Task);
        };
        route.TrySubmit("parent", null, out TaskHandle<int> parent);
        worker.RunTurn();
        route.TrySubmit("child", s_keyed, out TaskHandle<int> other);

        Assert.True(parent.TryCancel("test"));

        Assert.Equal(new Cancelled("parent"), (await child).Detail);
        Assert.Equal(TaskState.Queued, other.State);
        worker.RunTurn();
        Assert.Equal(5, (await other.Outcome).Result);
        parentEnd.SetResult(1);
        Assert.True((await parent.Outcome).IsCompleted);
    }

    [Fact]
    public async Task FullQueueThatWaits_AllAreTakenWithTheFirst()
    {
        (_, TaskRoute<string, int> route, WorkerSlot worker) = Make(TestCells.Settings with { QueueCapacity = 1, FullPolicy = FullPolicy.Wait });
        route.TrySubmit("fills the queue", null);
        Task<TaskHandle<int>> first = route.SubmitAsync("task", s_keyed, default).AsTask();
        Task<bool> second = route.PostAsync("task", s_keyed, default).AsTask();
        using CancellationTokenSource source = new();
        Task<TaskHandle<int>> third = route.SubmitAsync("task", s_keyed, source.Token).AsTask();
        Assert.False(first.IsCompleted || second.IsCompleted || third.IsCompleted);
        await source.CancelAsync();
        Assert.Equal(new Cancelled("caller"), (await (await third).Outcome).Detail);

        worker.RunTurn();

        Assert.True(await second);
        Assert.Equal(4, (await (await first).Outcome).Result);
    }

    [Fact]
    public async Task Fallback_AnsweredForAFailure_IsNotKept()
    {
        (PoolCore core, TaskRoute<string, int> route, WorkerSlot worker) = Make();
        route.SetFallback((_, _) => -1, new FallbackSettings { OnBreakerOpen = true, OnFailed = true, OnOverload = true });
        _handle = (_, _) => throw new InvalidOperationException("no");
        ValueTask<TaskOutcome<int>> outcome = route.RunAsync("task", s_keyed, default);
        worker.RunTurn();
        Assert.Equal(-1, (await outcome).Result);
        Assert.Equal(0, core.Once.Count);
    }

    private (PoolCore Core, TaskRoute<string, int> Route, WorkerSlot Worker) Make(PoolSettings? settings = null)
    {
        PoolCore core = TestCells.Core(settings ?? TestCells.Settings, _time);
        TaskRoute<string, int> route = TestCells.Route(core, (task, context) =>
        {
            _started.Add(task);
            return _handle(task, context);
        });
        WorkerSlot worker = core.Slots.TryTake()!;
        worker.Man(new Deaf());
        core.Open();
        return (core, route, worker);
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
