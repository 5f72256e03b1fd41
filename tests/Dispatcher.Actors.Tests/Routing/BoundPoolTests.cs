using Akka.Actor;
using Dispatcher.Actors.Hosting;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Tests.Routing;

/// <summary>Pools that bind a task to a worker when it is submitted, on the real actors.</summary>
public sealed class BoundPoolTests : DispatcherTestKit
{
    private readonly OutcomeProbe<int> _probe;
    private readonly HandlerGate _gate = new();

    public BoundPoolTests() => _probe = CreateOutcomeProbe<int>();

    public static TheoryData<RoutingPolicy> Policies =>
        [RoutingPolicy.RoundRobin, RoutingPolicy.SmallestMailbox, RoutingPolicy.RandomOfTwo, RoutingPolicy.ConsistentHash];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Tasks_ManyFromManyThreadsThroughResizes_EachHasOneOutcome(RoutingPolicy routing)
    {
        const int Threads = 4, Each = 2_000;
        TestPool pool = StartPool(b => b.Workers(1, 8).Routing(routing).Set("queue.per-worker", Threads * Each).Handle<Job, int>((job, _) => new(job.Number)));
        Task<long>[] submitters = [.. Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            long sum = 0;
            for (int i = 0; i < Each; i++)
            {
                if (i % 100 == 0)
                    pool.Dispatcher.Resize(1 + ((thread + (i / 100)) % 8));
                sum += (await pool.Dispatcher.RunAsync(new Job(1), new TaskOptions { Key = $"{i % 10}" })).GetResultOrThrow();
            }

            return sum;
        }))];
        Assert.Equal(Threads * Each, (await Task.WhenAll(submitters)).Sum());
        PoolSnapshot end = await pool.AwaitAsync(s => s.Workers == s.WorkersIdle);
        Assert.Equal((Threads * Each, Threads * Each, 0), (end.Submitted, end.Completed, end.Queued));
    }

    [Fact]
    public async Task RoundRobin_FourTasksAndTwoWorkers_TwoEach()
    {
        TestPool pool = await StartAsync(b => b.Workers(2).Routing(RoutingPolicy.RoundRobin).Handle<Job, int, Numbered>());
        List<int> workers = [];
        for (int i = 0; i < 4; i++)
            workers.Add((await pool.Dispatcher.RunAsync(new Job(0))).GetResultOrThrow());
        Assert.Equal(2, workers.Distinct().Count());
        Assert.Equal(workers[..2], workers[2..]);
    }

    [Fact]
    public async Task ConsistentHash_TasksOfOneKey_RunOnOneWorker()
    {
        TestPool pool = await StartAsync(b => b.Workers(4).Routing(RoutingPolicy.ConsistentHash).Handle<Job, int, Numbered>());
        Dictionary<string, int> workers = [];
        for (int i = 0; i < 200; i++)
        {
            string key = $"customer {i % 40}";
            int worker = (await pool.Dispatcher.RunAsync(new Job(0), new TaskOptions { Key = key })).GetResultOrThrow();
            Assert.Equal(worker, workers.TryAdd(key, worker) ? worker : workers[key]);
        }

        Assert.Equal(4, workers.Values.Distinct().Count());
    }

    [Fact]
    public async Task SmallestMailbox_OneWorkerIsBusy_TheOtherGetsTheTask()
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(RoutingPolicy.SmallestMailbox, 8);
        handler.WaitsFor(_gate, 1).Returns(2);
        _probe.Watch(pool.Dispatcher.RunAsync(new Job(1)));
        await handler.AwaitRunningAsync(1);
        for (int i = 0; i < 10; i++)
            Assert.Equal(2, (await pool.Dispatcher.RunAsync(new Job(2))).GetResultOrThrow());
        _gate.Open();
        await _probe.ExpectCompletedAsync(1);
    }

    [Fact]
    public async Task FullLine_OneMore_IsRejectedAsMailboxFullWithAHintThoughTheOtherWorkerHasRoom()
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(RoutingPolicy.RoundRobin, 1);
        handler.WaitsFor(_gate, 1, times: 2).Returns(1);
        for (int i = 0; i < 2; i++)
            _probe.Watch(pool.Dispatcher.RunAsync(new Job(i)));
        await handler.AwaitRunningAsync(2);
        // The first worker's line has one now; the second one's loses its task again.
        _probe.Watch(pool.Dispatcher.RunAsync(new Job(2)));
        pool.Dispatcher.TrySubmit(new Job(3), out TaskHandle<int> cancelled);
        Assert.True(cancelled.TryCancel("test"));
        TaskOutcome<int> refused = await pool.Dispatcher.RunAsync(new Job(4));
        Assert.Equal(new Rejected(RejectReason.MailboxFull, TimeSpan.FromMilliseconds(50)), refused.Detail);
        Assert.True(pool.Dispatcher.TrySubmit(new Job(5)));
        _gate.Open();
        for (int i = 0; i < 3; i++)
            await _probe.ExpectCompletedAsync(1);
    }

    [Fact]
    public async Task WaitPolicy_FullLine_TheTaskWaitsForAPlaceInIt()
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(RoutingPolicy.ConsistentHash, 1, b => b.Queue(8, FullPolicy.Wait));
        handler.WaitsFor(_gate, 1).Returns(1);
        TaskOptions options = new() { Key = "one" };
        for (int i = 0; i < 3; i++)
            _probe.Watch(pool.Dispatcher.RunAsync(new Job(i), options));
        await pool.AwaitAsync(s => s is { Running: 1, Queued: 1, Waiting: 1 });
        _gate.Open();
        for (int i = 0; i < 3; i++)
            await _probe.ExpectCompletedAsync(1);
    }

    [Fact]
    public async Task Deadline_PassesInALine_TheTaskExpiresThere()
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(RoutingPolicy.RoundRobin, 4, workers: 1);
        handler.WaitsFor(_gate, 1);
        _probe.Watch(pool.Dispatcher.RunAsync(new Job(1)));
        await handler.AwaitRunningAsync(1);
        _probe.Watch(pool.Dispatcher.RunAsync(new Job(2), new TaskOptions { Deadline = TimeSpan.FromSeconds(1) }));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await pool.AwaitAsync(s => s is { Running: 1, Queued: 0, Expired: 1 });
        _gate.Open();
        await _probe.ExpectCompletedAsync(1);
        await _probe.ExpectExpiredAsync(ExpiredWhere.Queue);
    }

    [Fact]
    public async Task Shrink_WorkerThatIsBusyForLong_ItsLineIsTakenOverWhileItFinishes()
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(RoutingPolicy.RoundRobin, 8, b => b.Workers(1, 2), workers: 1);
        pool.Dispatcher.Resize(2);
        await pool.AwaitAsync(s => s.WorkersIdle == 2);
        HandlerGate other = new();
        handler.Runs(async (job, _) => await PassAsync(job.Number == 0 ? _gate : other, job.Number), times: 2).Returns(job => job.Number);
        for (int i = 0; i < 8; i++)
            _probe.Watch(pool.Dispatcher.RunAsync(new Job(i)));
        await pool.AwaitAsync(s => s is { Running: 2, Queued: 6 });
        pool.Dispatcher.Resize(1);
        await pool.AwaitAsync(s => s.WorkersDraining == 1);
        // The worker of the highest number goes, and that has the task behind the other gate.
        _gate.Open();
        await pool.AwaitAsync(s => s is { Running: 1, Queued: 0, Completed: 7 });
        other.Open();
        for (int i = 0; i < 8; i++)
            await _probe.ExpectCompletedAsync(i);
        await pool.AwaitAsync(s => s is { Workers: 1, WorkersIdle: 1, Completed: 8 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task HandlerIsStuck_ReplacedOrNot_TasksInItsWorkersLineRun(int replacements)
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(
            RoutingPolicy.RoundRobin, 8, b => b.Set("workers.replacements", replacements).Set("grace", TimeSpan.FromSeconds(1)));
        handler.Runs(async (job, _) => await PassAsync(_gate, job.Number), times: 1).Returns(job => job.Number);
        Task<TaskOutcome<int>> stuck = pool.Dispatcher.RunAsync(new Job(0), new TaskOptions { RunBudget = TimeSpan.FromSeconds(1) }).AsTask();
        await pool.AwaitAsync(s => s.Running == 1);
        await pool.AwaitTurnsAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(2.1));
        Assert.IsType<Abandoned>((await stuck).Detail);

        for (int i = 1; i <= 6; i++)
            _probe.Watch(pool.Dispatcher.RunAsync(new Job(i)));
        for (int i = 1; i <= 6; i++)
            await _probe.ExpectCompletedAsync();
        Assert.Equal((1, replacements), (pool.Dispatcher.Snapshot().Stuck, pool.Dispatcher.Snapshot().Replaced));
        _gate.Open();
        await pool.AwaitAsync(s => s is { Stuck: 0, Workers: 2, WorkersIdle: 2 });
    }

    [Fact]
    public async Task Crash_WorkerWithALine_TheOthersTakeItOver()
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(RoutingPolicy.RoundRobin, 8);
        handler.WaitsFor(_gate, 1, times: 2).Returns(1);
        for (int i = 0; i < 8; i++)
            _probe.Watch(pool.Dispatcher.RunAsync(new Job(i)));
        await pool.AwaitAsync(s => s is { Running: 2, Queued: 6 });
        await pool.CrashWorkerAsync();
        _gate.Open();
        for (int i = 0; i < 8; i++)
            await _probe.ExpectCompletedAsync(1);
        PoolSnapshot end = await pool.AwaitAsync(s => s.Workers == 2);
        Assert.Equal((8, 8), (end.Submitted, end.Ended));
    }

    [Fact]
    public async Task Stop_TasksInTheLines_RunFirst()
    {
        (TestPool pool, ScriptedHandler<Job, int> handler) = await StartScriptedAsync(RoutingPolicy.RandomOfTwo, 8);
        handler.WaitsFor(_gate, 1);
        for (int i = 0; i < 8; i++)
            _probe.Watch(pool.Dispatcher.RunAsync(new Job(i)));
        Task stop = CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await pool.AwaitAsync(s => s.Phase == PoolPhase.Draining);
        _gate.Open();
        for (int i = 0; i < 8; i++)
            await _probe.ExpectCompletedAsync(1);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await stop.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static async ValueTask<int> PassAsync(HandlerGate gate, int result)
    {
        await gate.WaitAsync();
        return result;
    }

    private async Task<(TestPool Pool, ScriptedHandler<Job, int> Handler)> StartScriptedAsync(
        RoutingPolicy routing, int perWorker, Action<TaskDispatcherBuilder>? configure = null, int workers = 2)
    {
        ScriptedHandler<Job, int> handler = CreateScript<Job, int>();
        TestPool pool = await StartAsync(b =>
        {
            b.Workers(workers).Routing(routing).Set("queue.per-worker", perWorker).Handle(handler);
            configure?.Invoke(b);
        });
        return (pool, handler);
    }

    // Those that come before the workers belong to nobody.
    private async Task<TestPool> StartAsync(Action<TaskDispatcherBuilder> configure)
    {
        TestPool pool = StartPool(configure, services: new ServiceCollection().AddSingleton<Roster>().BuildServiceProvider());
        await pool.AwaitAsync(s => s.WorkersIdle > 0 && s.Workers == s.WorkersIdle && s.Phase == PoolPhase.Running);
        return pool;
    }

    private sealed record Job(int Number) : ITask<int>;

    private sealed class Roster
    {
        private int _count;

        public int Next() => Interlocked.Increment(ref _count);
    }

    private sealed class Numbered(Roster roster) : ITaskHandler<Job, int>
    {
        private readonly int _number = roster.Next();

        public ValueTask<int> HandleAsync(Job task, TaskContext context) => new(_number);
    }
}
