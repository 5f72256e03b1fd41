using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row E1, deadline propagation (articles 0/3.2, 2/2.4, 4/4.3): a child never outlives its parent. Root 5 s, child asked for 6 s gets what is left. In
/// virtual time; parents and children in pools of their own.
/// </summary>
public sealed class RowE1Tests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly ScriptedHandler<Child, int> _children;
    private readonly HandlerGate _gate = new();
    private readonly ITaskDispatcher _inner;

    public RowE1Tests()
    {
        _children = CreateScript<Child, int>();
        _inner = StartPool(d => d.Workers(1, 2).Set("scaling.policy", "off").Handle(_children), "inner").Dispatcher;
    }

    [Fact]
    public async Task RunAsync_RootOfFiveSecondsAndChildOfSix_TheChildGetsWhatIsLeft()
    {
        _children.RunsUntilCancelled();
        ITaskDispatcher outer = StartParents(_ => _inner.RunAsync(new Child(), new TaskOptions { Deadline = 6 * s_second }));
        Task<TaskOutcome<TaskOutcome<int>>> root = outer.RunAsync(new Root(), new TaskOptions { Deadline = 5 * s_second }).AsTask();
        await _gate.AwaitWaitingAsync(1);
        await AdvanceAsync(2 * s_second);
        _gate.Open();
        HandlerCall<Child> child = await _children.NextCallAsync();
        Assert.Equal(3 * s_second, child.Remaining);

        await AdvanceAsync(2.99 * s_second);
        Assert.False(child.CancellationToken.IsCancellationRequested);
        await AdvanceAsync(0.01 * s_second);

        TaskOutcome<TaskOutcome<int>> outcome = await root;
        Assert.True(child.CancellationToken.IsCancellationRequested);
        Assert.Equal(5 * s_second, Time.Elapsed);
        // The root's handler took its child's outcome for an answer, and that is its own affair.
        Assert.Equal(new Expired(ExpiredWhere.Run), outcome.Result.Detail);
    }

    [Fact]
    public async Task RunAsync_ChildOfThree_KeepsItsOwnDeadline()
    {
        _children.RunsUntilCancelled();
        ITaskDispatcher outer = StartParents(_ => _inner.RunAsync(new Child(), new TaskOptions { Deadline = 3 * s_second }));
        _gate.Open();
        Task<TaskOutcome<TaskOutcome<int>>> root = outer.RunAsync(new Root(), new TaskOptions { Deadline = 5 * s_second }).AsTask();
        Assert.Equal(3 * s_second, (await _children.NextCallAsync()).Remaining);
        await AdvanceAsync(3 * s_second);
        Assert.Equal(OutcomeKind.Expired, (await root).GetResultOrThrow().Kind);
    }

    [Fact]
    public async Task RunAsync_RootsRunBudget_BoundsTheChildToo_AndItsQueueBudgetDoesNot()
    {
        _children.RunsUntilCancelled();
        ITaskDispatcher outer = StartParents(_ => _inner.RunAsync(new Child()));
        _gate.Open();
        TaskOptions options = new() { QueueBudget = s_second, RunBudget = 4 * s_second };
        Task<TaskOutcome<TaskOutcome<int>>> root = outer.RunAsync(new Root(), options).AsTask();
        Assert.Equal(4 * s_second, (await _children.NextCallAsync()).Remaining);
        await AdvanceAsync(4 * s_second);
        Assert.Equal(new Expired(ExpiredWhere.Run), (await root).GetResultOrThrow().Detail);
    }

    [Fact]
    public async Task RunAsync_ChildsOwnBudgets_StandBesideWhatItsParentHasLeft()
    {
        _children.RunsUntilCancelled(times: 2);
        ITaskDispatcher outer = StartParents(_ => _inner.RunAsync(new Child(), new TaskOptions { QueueBudget = 2 * s_second, RunBudget = s_second }), workers: 3);
        _gate.Open();
        TaskOptions options = new() { Deadline = 5 * s_second };
        // One child runs for its second; the next one waits for a second of its two, and then has one of its own.
        Task<TaskOutcome<TaskOutcome<int>>> first = outer.RunAsync(new Root(), options).AsTask();
        Assert.Equal(s_second, (await _children.NextCallAsync()).Remaining);
        Task<TaskOutcome<TaskOutcome<int>>> second = outer.RunAsync(new Root(), options).AsTask();
        await Pools[0].AwaitAsync(pool => pool.Queued == 1);
        await AdvanceAsync(s_second);
        Assert.Equal(s_second, (await _children.NextCallAsync()).Remaining);
        await AdvanceAsync(s_second);
        Assert.Equal(new Expired(ExpiredWhere.Run), (await first).GetResultOrThrow().Detail);
        Assert.Equal(new Expired(ExpiredWhere.Run), (await second).GetResultOrThrow().Detail);
    }

    [Fact]
    public async Task TryCancel_OfTheParent_CancelsItsChildren_TheQueuedAndTheRunning()
    {
        _children.RunsUntilCancelled();
        Task<TaskOutcome<int>>[] children = new Task<TaskOutcome<int>>[2];
        ITaskDispatcher outer = StartParents(async _ =>
        {
            for (int i = 0; i < children.Length; i++)
                children[i] = _inner.RunAsync(new Child()).AsTask();
            return (await Task.WhenAll(children))[0];
        });
        _gate.Open();
        TaskHandle<TaskOutcome<int>> root = await outer.SubmitAsync(new Root());
        HandlerCall<Child> running = await _children.NextCallAsync();
        await Pools[0].AwaitAsync(pool => pool is { Running: 1, Queued: 1 });
        Assert.True(root.TryCancel("the test"));
        foreach (Task<TaskOutcome<int>> child in children)
            Assert.Equal(new Cancelled("parent"), (await child).Detail);
        Assert.True(running.CancellationToken.IsCancellationRequested);
        Assert.Equal(1, _children.Count);
    }

    [Fact]
    public async Task RunAsync_GrandchildOfACallerWithAToken_IsCancelledWithIt()
    {
        _children.RunsUntilCancelled();
        ITaskDispatcher middle = StartPool(d => d.Handle<Middle, TaskOutcome<int>>((_, _) => _inner.RunAsync(new Child())!), "middle").Dispatcher;
        ITaskDispatcher outer = StartParents(async _ => (await middle.RunAsync(new Middle())).Result);
        _gate.Open();
        using CancellationTokenSource source = new();
        Task<TaskOutcome<TaskOutcome<int>>> root = outer.RunAsync(new Root(), null, source.Token).AsTask();
        await _children.NextCallAsync();
        await source.CancelAsync();
        Assert.Equal(new Cancelled("parent"), (await root).GetResultOrThrow().Detail);
    }

    [Fact]
    public async Task RunAsync_ByAHandlerThatGoesOnAfterItsTime_IsRefused()
    {
        Task<TaskOutcome<int>>? late = null;
        ITaskDispatcher outer = StartParents(async context =>
        {
            await context.CancellationToken.WhenCancelled();
            late = _inner.RunAsync(new Child()).AsTask();
            return await late;
        });
        _gate.Open();
        Task<TaskOutcome<TaskOutcome<int>>> root = outer.RunAsync(new Root(), new TaskOptions { Deadline = s_second }).AsTask();
        await Pools[1].AwaitAsync(pool => pool.Running == 1);
        await AdvanceAsync(s_second);
        await root;
        Assert.Equal(new Expired(ExpiredWhere.Submit), (await late!).Detail);
        Assert.Equal(0, _children.Count);
    }

    [Fact]
    public async Task RunAsync_DetachedTask_OutlivesTheOneThatHandedItIn()
    {
        _children.WaitsFor(_gate, 1);
        Task<TaskOutcome<int>>? detached = null;
        ITaskDispatcher outer = StartPool(d => d.Handle<Root, TaskOutcome<int>>((_, _) =>
        {
            detached = _inner.RunAsync(new Child(), new TaskOptions { IsDetached = true }).AsTask();
            return new ValueTask<TaskOutcome<int>>(default(TaskOutcome<int>));
        }), "outer").Dispatcher;
        Assert.True((await outer.RunAsync(new Root(), new TaskOptions { Deadline = s_second })).IsCompleted);
        Assert.Null((await _children.NextCallAsync()).Remaining);
        await AdvanceAsync(10 * s_second);
        _gate.Open();
        Assert.True((await detached!).IsCompleted);
    }

    [Fact]
    public async Task RunAsync_FromAFlowThatTheHandlerHasLeft_TakesItsParentByName()
    {
        _children.RunsUntilCancelled(times: 2);
        ITaskDispatcher outer = StartParents(async context =>
        {
            Task<TaskOutcome<int>> named, nameless;
            using (ExecutionContext.SuppressFlow())
            {
                nameless = Task.Run(() => _inner.RunAsync(new Child(), new TaskOptions { RunBudget = 9 * s_second }).AsTask());
                named = Task.Run(() => _inner.RunAsync(new Child(), new TaskOptions { Parent = context }).AsTask());
            }

            await nameless;
            return await named;
        });
        Pools[0].Dispatcher.Resize(2);
        _gate.Open();
        Task<TaskOutcome<TaskOutcome<int>>> root = outer.RunAsync(new Root(), new TaskOptions { Deadline = 5 * s_second }).AsTask();
        TimeSpan?[] remaining = [(await _children.NextCallAsync()).Remaining, (await _children.NextCallAsync()).Remaining];
        Assert.Equal([5 * s_second, 9 * s_second], remaining.Order());
        await AdvanceAsync(9 * s_second);
        Assert.Equal(new Expired(ExpiredWhere.Run), (await root).GetResultOrThrow().Detail);
    }

    [Fact]
    public async Task RunAsync_ByWhatAHandlerLeftBehind_InheritsNothingOnceItsTaskHasEnded()
    {
        _children.Returns(1);
        Task<TaskOutcome<int>>? left = null;
        ITaskDispatcher outer = StartPool(d => d.Handle<Root, TaskOutcome<int>>((_, _) =>
        {
            left = LeaveBehindAsync();
            return new ValueTask<TaskOutcome<int>>(default(TaskOutcome<int>));
        }), "outer").Dispatcher;
        await outer.RunAsync(new Root(), new TaskOptions { Deadline = s_second });
        await AdvanceAsync(10 * s_second);
        _gate.Open();
        Assert.True((await left!).IsCompleted);
        Assert.Null((await _children.NextCallAsync()).Remaining);

        async Task<TaskOutcome<int>> LeaveBehindAsync()
        {
            await _gate.WaitAsync();
            return await _inner.RunAsync(new Child());
        }
    }

    [Fact]
    public async Task RunAsync_ParentWithoutAnythingToPassOn_LeavesTheChildAlone()
    {
        _children.Returns(1);
        ITaskDispatcher outer = StartParents(_ => _inner.RunAsync(new Child()));
        _gate.Open();
        Assert.Equal(1, (await outer.RunAsync(new Root())).GetResultOrThrow().GetResultOrThrow());
        Assert.Null((await _children.NextCallAsync()).Remaining);
    }

    private ITaskDispatcher StartParents(Func<TaskContext, ValueTask<TaskOutcome<int>>> handle, int workers = 1) =>
        StartPool(d => d.Workers(workers).Handle<Root, TaskOutcome<int>>(async (_, context) =>
        {
            await _gate.WaitAsync(CancellationToken.None);
            return await handle(context);
        }), "outer").Dispatcher;

    private sealed record Root : ITask<TaskOutcome<int>>;

    private sealed record Middle : ITask<TaskOutcome<int>>;

    private sealed record Child : ITask<int>;
}
