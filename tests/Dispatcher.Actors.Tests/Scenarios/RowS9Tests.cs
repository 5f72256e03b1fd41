using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row S9, graded roll-out (article 3/5): a new handler version takes 5 % of the traffic, is compared, and is cut off by itself when it errs. In virtual time,
/// which handlers themselves let pass.
/// </summary>
public sealed class RowS9Tests : DispatcherTestKit
{
    private static readonly TimeSpan s_time = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, string> _versionOf = new();
    private int _oldCalls;
    private int _newCalls;

    [Fact]
    public async Task RunAsync_NewVersionIsAsGood_TakesItsFivePercentAndStays()
    {
        ITaskDispatcher pool = Start(Answers);
        await RunAsync(pool, 4_000);
        ITaskRollOut rollOut = Assert.Single(pool.GetRollOuts());
        RollOutSnapshot now = rollOut.Snapshot();
        Assert.Equal((RollOutPhase.Comparing, 0.05, "v2"), (now.Phase, now.Share, now.NewVersion));
        Assert.InRange(_newCalls, 145, 255); // 200, and four standard deviations
        Assert.Equal(4_000, _oldCalls + _newCalls);
        Assert.Equal(_newCalls / 50, now.Looks);
        Assert.Equal(TimeSpan.FromMilliseconds(10).TotalMilliseconds, now.New.P99.TotalMilliseconds, 0.1);
        Assert.Empty(rollOut.GetDecisions());
    }

    [Fact]
    public async Task RunAsync_NewVersionErrs_IsCutOffByItselfWithItsReason()
    {
        LogLines log = new();
        ConcurrentBag<string> counted = [];
        using MeterListener listener = Count(counted);
        Sys.EventStream.Subscribe(TestActor, typeof(RollOutDecided));
        ITaskDispatcher pool = Start(static (_, _) => throw new InvalidOperationException("not ready"), log: log);
        await RunAsync(pool, 2_000);
        Assert.Equal(50, _newCalls);
        Assert.Equal(50, pool.Snapshot().Failed);
        RollOutDecided decided = ExpectMsg<RollOutDecided>();
        Assert.Equal(("test", "Order", 0.05, 0.0, RollOutRule.Errors), (decided.Pool, decided.TaskType, decided.FromShare, decided.ToShare, decided.Rule));
        Assert.StartsWith("50 of 50 calls failed (100.0 %), of the old version 0 of ", decided.Reason, StringComparison.Ordinal);
        Assert.Equal((50, 50), (decided.New.Calls, decided.New.Errors));
        ITaskRollOut rollOut = Assert.Single(pool.GetRollOuts());
        Assert.Equal(decided, Assert.Single(rollOut.GetDecisions()));
        Assert.Equal(RollOutPhase.CutOff, rollOut.Snapshot().Phase);
        Assert.Contains($"Pool test, Order: v2 is cut off (Errors): {decided.Reason}", log.Lines);
        Assert.Contains("test Order Errors cut_off", counted);
    }

    [Fact]
    public async Task RunAsync_NewVersionIsSlower_IsCutOffForItsLatency()
    {
        ITaskDispatcher pool = Start((order, context) =>
        {
            Time.Advance(s_time);
            return Answers(order, context);
        });
        await RunAsync(pool, 2_000);
        RollOutDecided decided = Assert.Single(Assert.Single(pool.GetRollOuts()).GetDecisions());
        Assert.Equal(RollOutRule.Latency, decided.Rule);
        Assert.StartsWith("P99 19.97 ms, of the old version 9.98 ms; of the slowest hundredth 50 of its 50 calls and 0 of ", decided.Reason, StringComparison.Ordinal);
        Assert.Equal(50, _newCalls);
    }

    [Fact]
    public async Task RunAsync_BothErrAlike_NobodyIsCutOff()
    {
        ITaskDispatcher pool = StartPool(builder => builder
            .Workers(1)
            .Handle<Order, int>(static (order, _) => order.Number % 3 == 0 ? throw new TimeoutException("the database") : new ValueTask<int>(1))
            .RollOut<Order, int>(static (order, _) => order.Number % 3 == 0 ? throw new TimeoutException("the database") : new ValueTask<int>(2))).Dispatcher;
        await RunAsync(pool, 2_000);
        Assert.Equal(RollOutPhase.Comparing, Assert.Single(pool.GetRollOuts()).Snapshot().Phase);
    }

    [Fact]
    public async Task RunAsync_WithKeys_EachKeySeesOneVersionAndALargerShareOnlyAddsKeys()
    {
        ITaskDispatcher pool = Start(Answers, share: 0.3);
        Dictionary<string, string> before = await VersionsOfKeysAsync(pool);
        Assert.InRange(before.Values.Count(static version => version == "new"), 37, 83); // 60, and four standard deviations
        Assert.Equal(before, await VersionsOfKeysAsync(pool));
        Assert.Single(pool.GetRollOuts()).SetShare(0.6);
        Dictionary<string, string> after = await VersionsOfKeysAsync(pool);
        Assert.All(before.Where(static pair => pair.Value == "new"), pair => Assert.Equal("new", after[pair.Key]));
        Assert.True(after.Values.Count(static version => version == "new") > before.Values.Count(static version => version == "new"));
    }

    [Fact]
    public async Task Promote_ByTheOperator_RunsTheNewVersionOnlyUntilHeCutsItOff()
    {
        ITaskDispatcher pool = Start(Answers);
        ITaskRollOut rollOut = Assert.Single(pool.GetRollOuts());
        rollOut.Promote("a good week");
        await RunAsync(pool, 200);
        Assert.Equal((0, 200), (_oldCalls, _newCalls));
        rollOut.CutOff();
        await RunAsync(pool, 200);
        Assert.Equal((200, 200), (_oldCalls, _newCalls));
        Assert.Equal(["a good week", "set by hand"], rollOut.GetDecisions().Select(static decided => decided.Reason));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_NewVersionNeverEnds_ItsTimesAreErrors(bool isDeaf)
    {
        TestPool pool = StartPool(builder => builder
            .Workers(4)
            .Concurrency(64)
            .Contract<Order>(new TaskContractOptions { RunBudget = TimeSpan.FromSeconds(1) })
            .Set("workers.replacements", 0)
            .Handle<Order, int>(static (_, _) => new ValueTask<int>(1))
            .RollOut<Order, int>(
                async (_, context) =>
                {
                    Interlocked.Increment(ref _newCalls);
                    await new TaskCompletionSource().Task.WaitAsync(isDeaf ? CancellationToken.None : context.CancellationToken);
                    return 2;
                },
                share: 0.5,
                new RollOutOptions { MinimumSamples = 10 }));
        Task<TaskOutcome<int>>[] tasks = [.. Enumerable.Range(0, 60).Select(i => pool.Dispatcher.RunAsync(new Order(i)).AsTask())];
        await pool.AwaitAsync(snapshot => snapshot.Queued == 0 && snapshot.Running == Volatile.Read(ref _newCalls));
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        TaskOutcome<int>[] outcomes = await Task.WhenAll(tasks);
        ITaskRollOut rollOut = Assert.Single(pool.Dispatcher.GetRollOuts());
        RollOutDecided decided = Assert.Single(rollOut.GetDecisions());
        Assert.Equal(RollOutRule.Errors, decided.Rule);
        Assert.Equal(decided.New.Calls, decided.New.Errors);
        Assert.Equal(_newCalls, outcomes.Count(outcome => outcome.Kind == (isDeaf ? OutcomeKind.Abandoned : OutcomeKind.Expired)));
    }

    [Fact]
    public async Task RunAsync_CallerCancels_SaysNothingAboutTheVersion()
    {
        ITaskDispatcher pool = Start(
            static async (_, context) =>
            {
                await new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);
                return 2;
            },
            share: 1);
        using CancellationTokenSource cancel = new();
        ValueTask<TaskOutcome<int>> task = pool.RunAsync(new Order(1), cancellationToken: cancel.Token);
        await Pools[0].AwaitAsync(static snapshot => snapshot.Running == 1);
        await cancel.CancelAsync();
        Assert.Equal(OutcomeKind.Cancelled, (await task).Kind);
        await Pools[0].AwaitAsync(static snapshot => snapshot.Running == 0);
        Assert.Equal(0, Assert.Single(pool.GetRollOuts()).Snapshot().New.Calls);
    }

    [Fact]
    public async Task RunAsync_TaskIsRetried_CountsOnce()
    {
        ITaskDispatcher pool = StartPool(static builder => builder
            .Workers(1)
            .Retries<Order>(new RetryOptions { Attempts = 3, BackoffMax = TimeSpan.FromMilliseconds(100) })
            .Handle<Order, int>(Answers)
            .RollOut<Order, int>(static (_, context) => context.Attempt < 3 ? throw new TimeoutException("busy") : new ValueTask<int>(context.Attempt), share: 1)).Dispatcher;
        Task<TaskOutcome<int>> task = pool.RunAsync(new Order(1)).AsTask();
        while ((await Pools[0].AwaitAsync(static snapshot => snapshot.Delayed == 1 || snapshot.Ended == 1)).Ended == 0)
            await AdvanceAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, (await task).GetResultOrThrow());
        VersionFigures figures = Assert.Single(pool.GetRollOuts()).Snapshot().New;
        Assert.Equal((1, 1), (figures.Calls, figures.Errors));
    }

    [Fact]
    public async Task RunAsync_NewVersionCannotBeMadeLater_FailsItsOwnTasksOnly()
    {
        Fragile.IsBroken = false;
        ITaskDispatcher pool = StartPool(builder => builder
            .Workers(1)
            .Handle<Order, int>(static (order, _) => order.Number == 0 ? throw new InvalidOperationException("restart") : new ValueTask<int>(1))
            .RollOut<Order, int, Fragile>(share: 0.5, new RollOutOptions { MinimumSamples = 1000 })
            .Set("retries.poison-after", 1)).Dispatcher;
        Fragile.IsBroken = true;
        // The worker fails, and starts anew with fresh handlers.
        while ((await pool.RunAsync(new Order(0))).IsCompleted)
        {
        }

        int completed = 0;
        for (int i = 1; i <= 40; i++)
        {
            TaskOutcome<int> outcome = await PassUntilAsync(pool.RunAsync(new Order(i)).AsTask());
            Assert.True(outcome.IsCompleted ? outcome.Result == 1 : ((Failed)outcome.Detail!).Error is HandlerConstructionException);
            completed += outcome.IsCompleted ? 1 : 0;
        }

        Assert.InRange(completed, 8, 32); // 20, and four standard deviations
    }

    private static ValueTask<int> Answers(Order order, TaskContext context) => new(2);

    // Of the decisions of roll-outs.
    private static MeterListener Count(ConcurrentBag<string> counted)
    {
        MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, l) =>
            {
                if (instrument.Name == "dispatcher.rollout.decisions")
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value))));
        listener.Start();
        return listener;
    }

    private static async Task RunAsync(ITaskDispatcher pool, int tasks)
    {
        for (int i = 0; i < tasks; i++)
            await pool.RunAsync(new Order(i));
    }

    // A worker that fails to make a handler rests; its rest needs time.
    private async Task<TaskOutcome<int>> PassUntilAsync(Task<TaskOutcome<int>> task)
    {
        while (!task.IsCompleted)
            await AdvanceAsync(TimeSpan.FromMilliseconds(10));
        return await task;
    }

    private async Task<Dictionary<string, string>> VersionsOfKeysAsync(ITaskDispatcher pool)
    {
        _versionOf.Clear();
        for (int i = 0; i < 600; i++)
            await pool.RunAsync(new Order(i), new TaskOptions { Key = $"customer-{i % 200}" });
        return new Dictionary<string, string>(_versionOf);
    }

    // Both versions let 10 ms pass: not for tests that let time pass themselves.
    private ITaskDispatcher Start(
        Func<Order, TaskContext, ValueTask<int>> newVersion, double? share = null, LogLines? log = null) =>
        StartPool(
            builder => builder.Workers(1)
                .Handle<Order, int>((_, context) =>
                {
                    _oldCalls++;
                    Note(context, "old");
                    return new ValueTask<int>(1);
                })
                .RollOut<Order, int>(
                    (order, context) =>
                    {
                        _newCalls++;
                        Note(context, "new");
                        return newVersion(order, context);
                    },
                    share,
                    new RollOutOptions { Version = "v2" }),
            services: log == null ? null : new ServiceCollection().AddLogging(logging => logging.AddProvider(log)).BuildServiceProvider()).Dispatcher;

    private void Note(TaskContext context, string version)
    {
        Time.Advance(s_time);
        if (context.Key is { } key)
            Assert.Equal(version, _versionOf.GetOrAdd(key, version));
    }

    private sealed record Order(int Number) : ITask<int>;

    private sealed class Fragile : ITaskHandler<Order, int>
    {
        public Fragile()
        {
            if (Volatile.Read(ref s_isBroken))
                throw new InvalidOperationException("no connection");
        }

        private static bool s_isBroken;

        public static bool IsBroken
        {
            set => Volatile.Write(ref s_isBroken, value);
        }

        public ValueTask<int> HandleAsync(Order task, TaskContext context) => new(2);
    }
}
