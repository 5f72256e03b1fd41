using System.Diagnostics.Metrics;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Tests.Telemetry;

/// <summary>The meter of a pool, as a listener sees it.</summary>
public sealed class MetricsTests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Readings _readings;

    public MetricsTests() => _readings = new Readings(_services.GetRequiredService<IMeterFactory>());

    [Fact]
    public async Task Meter_TasksOfEachOutcome_AddUpByReasonAndOutcome()
    {
        ITaskDispatcher pool = StartPool(d => d.Workers(1, 3).Set("scaling.policy", "off").Queue(1).Handle<Work, string>(Work.HandleAsync), services: _services).Dispatcher;
        Work running = new("a"), failing = new("c");
        Task<TaskOutcome<string>> first = pool.RunAsync(running).AsTask();
        await running.Started;
        pool.TrySubmit(new Work("b"), out TaskHandle<string> queued);
        await pool.RunAsync(new Work("refused"));
        await AdvanceAsync(2 * s_second);
        Assert.Equal(1, _readings.Read("dispatcher.queue.depth"));
        Assert.Equal(2, _readings.Read("dispatcher.queue.oldest.age"));
        queued.TryCancel("test");
        running.Finish();
        await first;
        Task<TaskOutcome<string>> second = pool.RunAsync(failing).AsTask();
        await failing.Started;
        failing.Fail(new InvalidOperationException());
        await second;
        await pool.RunAsync(new Work("late"), new TaskOptions { Deadline = TimeSpan.Zero });

        Assert.Equal(5, _readings.Read("dispatcher.task.submitted"));
        Assert.Equal(5, _readings.Read("messaging.client.sent.messages", "messaging.operation.name=send", "messaging.destination.name=test", "messaging.system=dispatcher"));
        Assert.Equal(2, _readings.Read("messaging.client.consumed.messages", "messaging.operation.name=process"));
        Assert.Equal(1, _readings.Read("dispatcher.task.rejected", "reason=queue_full"));
        Assert.Equal(0, _readings.Read("dispatcher.task.rejected", "reason=shed"));
        foreach (string outcome in new[] { "completed", "failed", "rejected", "expired", "cancelled" })
            Assert.Equal(1, _readings.Read("dispatcher.task.completed", $"outcome={outcome}"));
        Assert.Equal(0, _readings.Read("dispatcher.task.completed", "outcome=abandoned"));
        Assert.Equal(0, _readings.Read("dispatcher.queue.depth"));
        Assert.Equal(0, _readings.Read("dispatcher.queue.oldest.age"));
        await Pools[0].AwaitAsync(snapshot => snapshot.WorkersIdle == 1);
        Assert.Equal(1, _readings.Read("dispatcher.worker.count", "state=idle"));
        Assert.Equal(0, _readings.Read("dispatcher.worker.count", "state=busy"));
        Assert.Equal(1, _readings.Read("dispatcher.worker.min", "dispatcher.pool.name=test"));
        Assert.Equal(3, _readings.Read("dispatcher.worker.max"));
        Assert.Equal(1, _readings.Read("dispatcher.worker.desired"));
        Assert.Equal(0, _readings.Read("dispatcher.drain.remaining"));
    }

    [Fact]
    public async Task Meter_TaskThatIsTriedAgain_CountsTheTriesAfterTheFirst()
    {
        int runs = 0;
        TestPool pool = StartPool(
            d => d.Workers(1).Retries(new RetryOptions { Attempts = 3, On = ["any"], BackoffFirst = s_second, BackoffMax = s_second })
                .Handle<Work, string>((_, _) => runs++ < 2 ? throw new TimeoutException() : new ValueTask<string>("x")),
            services: _services);
        Task<TaskOutcome<string>> outcome = pool.Dispatcher.RunAsync(new Work("a")).AsTask();
        for (int retry = 1; retry <= 2; retry++)
        {
            await pool.AwaitAsync(snapshot => snapshot.Retried == retry);
            await AdvanceAsync(2 * s_second);
        }

        Assert.True((await outcome).IsCompleted);
        Assert.Equal(2, _readings.Read("dispatcher.task.retried"));
        Assert.Equal(1, _readings.Read("dispatcher.task.submitted"));
    }

    [Fact]
    public async Task Meter_Durations_AreSecondsByOutcome()
    {
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Work, string>(Work.HandleAsync), services: _services).Dispatcher;
        Work first = new("a"), second = new("b");
        Task<TaskOutcome<string>> completed = pool.RunAsync(first).AsTask();
        Task<TaskOutcome<string>> failed = pool.RunAsync(second).AsTask();
        await first.Started;
        await AdvanceAsync(2 * s_second);
        first.Finish();
        await completed;
        await second.Started;
        await AdvanceAsync(s_second);
        second.Fail(new InvalidOperationException());
        await failed;

        Assert.Equal([0, 2], _readings.Recorded("dispatcher.task.queue.duration", "dispatcher.pool.name=test"));
        Assert.Equal([0, 0], _readings.Recorded("messaging.client.operation.duration", "messaging.operation.name=send"));
        Assert.Equal([2, 1], _readings.Recorded("messaging.process.duration", "messaging.operation.name=process"));
        Assert.Equal([1], _readings.Recorded("messaging.process.duration", "error.type=InvalidOperationException"));
        Assert.Equal([2], _readings.Recorded("dispatcher.task.total.duration", "outcome=completed"));
        Assert.Equal([3], _readings.Recorded("dispatcher.task.total.duration", "outcome=failed"));
    }

    [Fact]
    public async Task Meter_Breakers_AreCountedByStateAndByWhatTheyGuard()
    {
        ITaskDispatcher pool = StartPool(
            d => d.Workers(1).Breaker("consecutive").Set("admission.targets.preset", "consecutive").Handle<Work, string>(Work.HandleAsync).Handle<Thrown, int>((task, _) => throw task.Error),
            services: _services).Dispatcher;
        for (int i = 0; i < 5; i++)
        {
            await pool.RunAsync(new Thrown(new IOException()));
            await pool.RunAsync(new Thrown(new IOException()), new TaskOptions { Target = "a" });
        }

        Assert.Equal((1, 1, 0), Breakers("type"));
        Assert.Equal((0, 1, 0), Breakers("target"));
        // Half-open while somebody tries.
        await AdvanceAsync(30 * s_second);
        Work works = new("a");
        Task<TaskOutcome<string>> other = pool.RunAsync(works, new TaskOptions { Target = "a" }).AsTask();
        await works.Started;
        Assert.Equal((0, 0, 1), Breakers("target"));
        works.Finish();
        await other;

        (double Closed, double Open, double HalfOpen) Breakers(string guards) => (Read(guards, "closed"), Read(guards, "open"), Read(guards, "half_open"));
        double Read(string guards, string state) => _readings.Read("dispatcher.breaker.state", $"guards={guards}", $"state={state}", "dispatcher.pool.name=test");
    }

    [Fact]
    public async Task Meter_PoolWithoutBreakers_HasNoSeriesOfThem()
    {
        ITaskDispatcher pool = StartPool(d => d.RateLimit(1000).Handle<Work, string>(Work.HandleAsync), services: _services).Dispatcher;
        await pool.RunAsync(new Work("late"), new TaskOptions { Deadline = TimeSpan.Zero });
        Assert.Empty(_readings.ValuesOfCounts("dispatcher.breaker.state", "state"));
    }

    [Fact]
    public void Meter_Instruments_HaveTheUnitsAndBoundariesOfTheConventions()
    {
        StartPool(d => d.Handle<Work, string>(Work.HandleAsync), services: _services);
        Assert.Equal(28, _readings.Instruments.Count);
        Assert.All(_readings.Instruments, instrument => Assert.Equal(
            instrument.Name switch
            {
                _ when instrument.Name.EndsWith("duration", StringComparison.Ordinal) || instrument.Name.EndsWith("age", StringComparison.Ordinal) => "s",
                _ when instrument.Name.StartsWith("messaging", StringComparison.Ordinal) => "{message}",
                _ when instrument.Name.StartsWith("dispatcher.worker", StringComparison.Ordinal) => "{worker}",
                "dispatcher.scaling.decisions" or "dispatcher.rollout.decisions" => "{decision}",
                "dispatcher.breaker.state" => "{breaker}",
                "dispatcher.thread_pool.wait" => "s",
                "dispatcher.telemetry.faults" => "{fault}",
                "dispatcher.finding.active" => "{finding}",
                "dispatcher.alert.sent" or "dispatcher.alert.lost" => "{alert}",
                _ => "{task}",
            },
            instrument.Unit));
        IReadOnlyList<double> Boundaries(string name) =>
            ((Histogram<double>)_readings.Instruments.Single(instrument => instrument.Name == name)).Advice!.HistogramBucketBoundaries!;
        Assert.Equal([.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10], Boundaries("messaging.process.duration"));
        Assert.Equal([.0001, .00025, .0005, .001, .0025, .. Boundaries("messaging.process.duration")], Boundaries("dispatcher.task.queue.duration"));
    }

    [Fact]
    public async Task Meter_HandlerThatThrowsManyTypes_HasABoundedNumberOfSeries()
    {
        ITaskDispatcher pool = StartPool(d => d.Workers(1).Handle<Thrown, int>((task, _) => throw task.Error), services: _services).Dispatcher;
        Type[] types = [.. typeof(Exception).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsAbstract && type.IsPublic && type.GetConstructor(Type.EmptyTypes) != null)
            .DistinctBy(type => type.Name).Take(80)];
        Assert.Equal(80, types.Length);
        foreach (Type type in types)
            await pool.RunAsync(new Thrown((Exception)Activator.CreateInstance(type)!));
        Assert.Equal(65, _readings.ValuesOf("messaging.process.duration", "error.type").Count);
        Assert.Contains("_OTHER", _readings.ValuesOf("messaging.process.duration", "error.type"));
    }

    [Fact]
    public async Task Meter_PoolThatHasStopped_IsReadUntilTheNextOneComes()
    {
        ITaskDispatcher one = StartPool(d => d.Handle<Thrown, int>((_, _) => new ValueTask<int>(1)), "one", _services).Dispatcher;
        await one.RunAsync(new Thrown(new TimeoutException()));
        Sys.Stop(await Sys.ActorSelection("/user/dispatcher-one").ResolveOne(10 * s_second));
        await Pools[0].AwaitAsync(snapshot => snapshot.Phase == PoolPhase.Stopped);
        Assert.Equal(1, _readings.Read("dispatcher.task.submitted", "dispatcher.pool.name=one"));
        StartPool(d => d.Handle<Thrown, int>((_, _) => new ValueTask<int>(1)), "two", _services);
        Assert.Equal(["two"], _readings.ValuesOfCounts("dispatcher.task.submitted", "dispatcher.pool.name"));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _readings.Dispose();
        _services.Dispose();
    }

    private sealed record Thrown(Exception Error) : ITask<int>;
}
