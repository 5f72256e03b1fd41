using Dispatcher.Actors.Hosting;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// P1, fixed-capacity pool: capacity 50, 100 tasks of 100 ms; never more than 50 run at once, all finish in two rounds; a full pool waits, refuses or sheds,
/// as configured.
/// </summary>
public sealed class RowP1Tests : DispatcherTestKit
{
    private const int Capacity = 50;
    private const int Tasks = 100;

    private static readonly TimeSpan s_run = TimeSpan.FromMilliseconds(100);

    private readonly ScriptedHandler<Job, int> _handler;
    private readonly OutcomeProbe<int> _probe;

    public RowP1Tests()
    {
        _handler = CreateScript<Job, int>().Takes(s_run, 1);
        _probe = CreateOutcomeProbe<int>();
    }

    [Fact]
    public async Task HundredTasks_CapacityOfFifty_RunInTwoRoundsAndNeverMoreThanFiftyAtOnce()
    {
        TestPool pool = await FillAsync(b => b.Queue(Tasks - Capacity));
        await NextRoundAsync(pool);
        await AdvanceAsync(s_run);

        for (int i = 0; i < Tasks; i++)
            await _probe.ExpectCompletedAsync(1);
        Assert.Equal(s_run * 2, Time.Elapsed);
        Assert.Equal((Capacity, Tasks), (_handler.MostRunning, _handler.Count));
    }

    [Fact]
    public async Task FullPool_Refuses_TheOneMoreAtOnceWithAHint()
    {
        TestPool pool = await FillAsync(b => b.Queue(Tasks - Capacity));

        TaskOutcome<int> refused = await pool.Dispatcher.RunAsync(new Job(Tasks));

        Assert.Equal(new Rejected(RejectReason.QueueFull, TimeSpan.FromMilliseconds(50)), refused.Detail);
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);
    }

    [Fact]
    public async Task FullPool_Waits_TheOneMoreRunsInTheThirdRound()
    {
        TestPool pool = await FillAsync(b => b.Queue(Tasks - Capacity, FullPolicy.Wait));
        _probe.Watch(pool.Dispatcher.RunAsync(new Job(Tasks)));
        await pool.AwaitAsync(s => s is { Running: Capacity, Queued: Tasks - Capacity, Waiting: 1 });
        await NextRoundAsync(pool);
        await AdvanceAsync(s_run);
        await pool.AwaitAsync(s => s.Completed == Tasks);
        await _handler.AwaitRunningAsync(1);
        await AdvanceAsync(s_run);

        for (int i = 0; i <= Tasks; i++)
            await _probe.ExpectCompletedAsync(1);
        Assert.Equal((s_run * 3, Capacity), (Time.Elapsed, _handler.MostRunning));
    }

    [Fact]
    public async Task FullPool_Waits_TheOneMoreUntilItsDeadlineAndNoThreadWithIt()
    {
        TestPool pool = await FillAsync(b => b.Queue(Tasks - Capacity, FullPolicy.Wait));
        ValueTask<TaskHandle<int>> submit = pool.Dispatcher.SubmitAsync(new Job(Tasks), new TaskOptions { Deadline = s_run / 2 });

        // The submitter is back already, without an answer.
        Assert.False(submit.IsCompleted);
        await AdvanceAsync(s_run / 2);

        Assert.Equal(new Expired(ExpiredWhere.Submit), (await (await submit).Outcome).Detail);
        Assert.Equal(0, pool.Dispatcher.Snapshot().Waiting);
        Assert.Equal(Capacity, _handler.Count);
    }

    [Fact]
    public async Task FullPool_Waits_NoLongerLineThanConfigured()
    {
        TestPool pool = await FillAsync(b => b.Queue(Tasks - Capacity, FullPolicy.Wait).Set("queue.max-waiting", 1));
        _probe.Watch(pool.Dispatcher.RunAsync(new Job(Tasks)));

        TaskOutcome<int> refused = await pool.Dispatcher.RunAsync(new Job(Tasks + 1));

        Assert.Equal(new Rejected(RejectReason.QueueFull, TimeSpan.FromMilliseconds(50)), refused.Detail);
        Assert.False(pool.Dispatcher.TrySubmit(new Job(Tasks + 2)));
    }

    [Fact]
    public async Task FullPool_DropsTheOldest_OfTheLowestClassWhichLearnsOfIt()
    {
        TestPool pool = await FillAsync(b => b.Queue(3, FullPolicy.DropOldest), Capacity);
        TaskHandle<int>[] queued = [Submit(pool, TaskPriority.P1), Submit(pool, TaskPriority.P2), Submit(pool, TaskPriority.P2)];

        TaskHandle<int> urgent = Submit(pool, TaskPriority.P0);

        Assert.Equal(new Rejected(RejectReason.Shed, TimeSpan.FromMilliseconds(50)), (await queued[1].Outcome).Detail);
        Assert.Equal((TaskState.Queued, TaskState.Queued, TaskState.Queued), (queued[0].State, queued[2].State, urgent.State));
        // One of the lowest class has nobody to drop.
        Assert.Equal(RejectReason.QueueFull, Assert.IsType<Rejected>((await Submit(pool, TaskPriority.P2).Outcome).Detail).Reason);
    }

    private async Task<TestPool> FillAsync(Action<TaskDispatcherBuilder> configure, int tasks = Tasks)
    {
        TestPool pool = StartPool(b =>
        {
            b.Workers(Capacity).Handle(_handler);
            configure(b);
        });
        for (int i = 0; i < tasks; i++)
        {
            _probe.Watch(pool.Dispatcher.RunAsync(new Job(i)));
            // A short queue would be full for a moment, if the workers did not take the first ones one by one.
            if (i < Capacity)
                await _handler.AwaitRunningAsync(i + 1);
        }

        await pool.AwaitAsync(s => s.Running == Capacity && s.Queued == tasks - Capacity);
        return pool;
    }

    private async Task NextRoundAsync(TestPool pool)
    {
        await AdvanceAsync(s_run);
        await pool.AwaitAsync(s => s is { Completed: Capacity, Running: Capacity });
        await _handler.AwaitRunningAsync(Capacity);
    }

    private static TaskHandle<int> Submit(TestPool pool, TaskPriority priority)
    {
        pool.Dispatcher.TrySubmit(new Job(0), out TaskHandle<int> handle, new TaskOptions { Priority = priority });
        return handle;
    }

    private sealed record Job(int Number) : ITask<int>;
}
