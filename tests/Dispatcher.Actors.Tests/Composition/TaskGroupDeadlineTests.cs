using Dispatcher.Actors.Composition;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Composition;

/// <summary>Rows E1 and F8: the deadline of a group, in virtual time.</summary>
public sealed class TaskGroupDeadlineTests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ScriptedHandler<Clean, int> _handler;

    public TaskGroupDeadlineTests() => _handler = CreateScript<Clean, int>();

    [Fact]
    public async Task Run_RootOfFiveSecondsAndChildOfSix_TheChildGetsWhatIsLeft()
    {
        _handler.RunsUntilCancelled();
        Task<TaskGroupResult<int>> group = Run(1, new TaskGroupOptions { Deadline = 5 * s_second, Task = new TaskOptions { Deadline = 6 * s_second } });
        HandlerCall<Clean> child = await _handler.NextCallAsync();
        Assert.Equal(5 * s_second, child.Remaining);

        await AdvanceAsync(TimeSpan.FromSeconds(4.99));
        Assert.False(group.IsCompleted);
        await AdvanceAsync(TimeSpan.FromSeconds(0.01));

        TaskGroupResult<int> result = await group;
        Assert.Equal(new Expired(ExpiredWhere.Run), result.Outcomes[0].Detail);
        Assert.Equal(5 * s_second, Time.Elapsed);
        Assert.True(child.CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public async Task Run_OneAfterTheOther_EachChildGetsLess_AndTheLastAreNeverHandedIn()
    {
        _handler.Takes(3 * s_second, 1);
        Task<TaskGroupResult<int>> group = Run(10, new TaskGroupOptions { Deadline = 5 * s_second, MaxConcurrency = 1 });

        Assert.Equal(5 * s_second, (await _handler.NextCallAsync()).Remaining);
        await AdvanceAsync(3 * s_second);
        Assert.Equal(2 * s_second, (await _handler.NextCallAsync()).Remaining);
        await AdvanceAsync(2 * s_second);

        TaskGroupResult<int> result = await group;
        Assert.Equal(new OutcomeTally(1, 0, 0, 9, 0, 0), result.Tally);
        Assert.Equal(new Expired(ExpiredWhere.Run), result.Outcomes[1].Detail);
        Assert.All(result.Outcomes.Skip(2), outcome => Assert.Equal(new Expired(ExpiredWhere.Submit), outcome.Detail));
        Assert.Equal(2, _handler.Count);
        Assert.Equal(2, Pools[0].Dispatcher.Snapshot().Submitted);
    }

    [Fact]
    public async Task Run_ChildWithASoonerDeadline_KeepsIt()
    {
        _handler.RunsUntilCancelled();
        Task<TaskGroupResult<int>> group = Run(1, new TaskGroupOptions { Deadline = 5 * s_second, Task = new TaskOptions { Deadline = s_second } });

        Assert.Equal(s_second, (await _handler.NextCallAsync()).Remaining);
        await AdvanceAsync(s_second);

        Assert.Equal(OutcomeKind.Expired, (await group).Outcomes[0].Kind);
        Assert.Equal(s_second, Time.Elapsed);
    }

    [Fact]
    public async Task Run_DeafChild_TheGroupEndsAfterTheGrace()
    {
        _handler.Hangs().Returns(7);
        Task<TaskGroupResult<int>> group = Run(2, new TaskGroupOptions { Deadline = 5 * s_second });
        await _handler.NextCallAsync();
        await _handler.NextCallAsync();
        await Pools[0].AwaitAsync(s => s.Completed == 1);

        await AdvanceAsync(TimeSpan.FromSeconds(9.9));
        Assert.False(group.IsCompleted);
        await AdvanceAsync(TimeSpan.FromSeconds(0.1));

        Assert.Equal(new OutcomeTally(1, 0, 0, 0, 0, 1), (await group).Tally);
    }

    [Fact]
    public async Task Run_DeadlineThatHasPassed_NothingIsHandedIn()
    {
        TaskGroupResult<int> result = await Run(3, new TaskGroupOptions { Deadline = TimeSpan.Zero });

        Assert.Equal(new OutcomeTally(0, 0, 0, 3, 0, 0), result.Tally);
        Assert.Equal(0, Pools[0].Dispatcher.Snapshot().Submitted);
    }

    [Fact]
    public async Task Run_RefusedByAFullPool_ComesAgainAfterTheHintDoubled()
    {
        (TestPool pool, HandlerGate gate) = await StartFullAsync();
        Task<TaskGroupResult<int>> group = Run(1, new TaskGroupOptions(), pool);

        // The hint is 50 ms: tries at 0, 50, 150 and 350 ms.
        await pool.AwaitAsync(s => s.Rejected == 1);
        foreach ((int waitMs, int tries) in new[] { (49, 1), (1, 2), (99, 2), (1, 3), (199, 3), (1, 4) })
        {
            await AdvanceAsync(TimeSpan.FromMilliseconds(waitMs));
            await pool.AwaitAsync(s => s.Rejected == tries);
            await PausedAsync(group);
        }

        gate.Open();
        await pool.AwaitAsync(s => s.Completed == 2);
        await AdvanceAsync(TimeSpan.FromMilliseconds(400));

        Assert.True((await group).IsCompleted);
    }

    [Fact]
    public async Task Run_RefusedUntilItsDeadline_ExpiresThen()
    {
        (TestPool pool, HandlerGate gate) = await StartFullAsync();
        Task<TaskGroupResult<int>> group = Run(1, new TaskGroupOptions { Deadline = TimeSpan.FromMilliseconds(100) }, pool);
        await PausedAsync(group);

        await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        await pool.AwaitAsync(s => s.Rejected == 2);
        await PausedAsync(group);
        await AdvanceAsync(TimeSpan.FromMilliseconds(50));

        Assert.Equal(new Expired(ExpiredWhere.Submit), (await group).Outcomes[0].Detail);
        gate.Open();
    }

    [Fact]
    public async Task Run_CancelledWhileItWaitsForItsNextTry_EndsAtOnce()
    {
        (TestPool pool, HandlerGate gate) = await StartFullAsync();
        using CancellationTokenSource cancel = new();
        Task<TaskGroupResult<int>> group = TaskGroup.RunAsync(pool.Dispatcher, [new Clean(0)], new TaskGroupOptions { Time = Time }, cancel.Token);
        await PausedAsync(group);

        cancel.Cancel();

        Assert.Equal(new Cancelled("caller"), (await group).Outcomes[0].Detail);
        Assert.Equal(0, Time.PendingTimers);
        gate.Open();
    }

    [Fact]
    public async Task Stream_Deadline_TheRestComesOutAsExpired()
    {
        _handler.Takes(2 * s_second, 1);
        TestPool pool = StartPool(d => d.Workers(1).Concurrency(2).Handle(_handler));
        List<TaskGroupItem<int>> items = [];
        TaskGroupOptions options = new() { Deadline = 5 * s_second, MaxConcurrency = 2, Time = Time };
        Task reading = Task.Run(async () =>
        {
            await foreach (TaskGroupItem<int> item in TaskGroup.StreamAsync(pool.Dispatcher, Enumerable.Range(0, 9).Select(i => new Clean(i)), options))
                items.Add(item);
        });

        for (int calls = 2; calls <= 6; calls += 2)
        {
            await pool.AwaitAsync(s => s.Running == 2 && s.Submitted == calls);
            await AdvanceAsync(calls < 6 ? 2 * s_second : s_second);
        }

        await reading;
        Assert.Equal(Enumerable.Range(0, 9), items.Select(item => item.Index).Order());
        Assert.Equal(4, items.Count(item => item.Outcome.IsCompleted));
        Assert.Equal(2, items.Count(item => item.Outcome.Detail is Expired { Where: ExpiredWhere.Run }));
        Assert.Equal(3, items.Count(item => item.Outcome.Detail is Expired { Where: ExpiredWhere.Submit }));
    }

    private Task<TaskGroupResult<int>> Run(int tasks, TaskGroupOptions options, TestPool? pool = null)
    {
        pool ??= StartPool(d => d.Workers(1).Concurrency(16).Handle(_handler));
        return TaskGroup.RunAsync(pool.Dispatcher, Enumerable.Range(0, tasks).Select(i => new Clean(i)), options with { Time = Time });
    }

    // One task in the handler, one in the queue, and no room for more.
    private async Task<(TestPool Pool, HandlerGate Gate)> StartFullAsync()
    {
        HandlerGate gate = new();
        _handler.WaitsFor(gate, 1);
        TestPool pool = StartPool(d => d.Workers(1).Queue(1).Handle(_handler));
        pool.Dispatcher.TrySubmit(new Clean(100));
        await gate.AwaitWaitingAsync(1);
        pool.Dispatcher.TrySubmit(new Clean(101));
        return (pool, gate);
    }

    // Its timer is set, so it will see the time move.
    private async Task PausedAsync(Task group)
    {
        await AwaitConditionAsync(() => Task.FromResult(Time.PendingTimers > 0));
        Assert.False(group.IsCompleted);
    }
}
