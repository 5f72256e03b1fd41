using System.Text.Json;
using System.Text.Json.Nodes;
using Akka.Configuration;
using Dispatcher.Actors.Hosting;
using Dispatcher.Actors.Tests.Contracts;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row S8, task contract (article 3/5): a task type declares payload schema, SLA (deadline, P99 target), priority, retry and fallback; checked at start; served
/// as JSON Schema. In virtual time. What is wrong with a contract: <see cref="Contracts.ContractBadInputTests"/>; the serving: the host's tests.
/// </summary>
public sealed class RowS8Tests : DispatcherTestKit
{
    private static readonly TaskContractOptions s_unlimited = new()
    {
        Deadline = Timeout.InfiniteTimeSpan,
        QueueBudget = Timeout.InfiniteTimeSpan,
        RunBudget = Timeout.InfiniteTimeSpan,
        Retries = new RetryOptions { TryTimeout = Timeout.InfiniteTimeSpan },
    };

    private readonly ScriptedHandler<Urgent, int> _urgent;
    private readonly ScriptedHandler<Resize, int> _resize;

    public RowS8Tests()
        : base(config: ConfigurationFactory.ParseString(
            """
            dispatcher.pools.hocon.tasks.Resize { contract { deadline = 3s, priority = P2 }, retries.attempts = 2 }
            dispatcher.pool-defaults { tasks.Resize.contract.run-budget = 900ms, retries.backoff-max = 7s }
            """))
    {
        _urgent = CreateScript<Urgent, int>();
        _resize = CreateScript<Resize, int>();
    }

    [Fact]
    public async Task Deadline_OfTheType_EndsATaskWhoseCallerSaidNothing()
    {
        _urgent.RunsUntilCancelled(4);
        ITaskDispatcher pool = StartPool(builder => builder.Workers(1).Concurrency(4).Handle(_urgent)).Dispatcher;
        Task<TaskOutcome<int>> bare = pool.RunAsync(new Urgent(1)).AsTask();
        Task<TaskOutcome<int>> named = pool.RunAsync(new Urgent(2), new TaskOptions { Tenant = "a" }).AsTask();
        Task<TaskOutcome<int>> longer = pool.RunAsync(new Urgent(3), new TaskOptions { Deadline = TimeSpan.FromSeconds(5) }).AsTask();
        Task<TaskOutcome<int>> absolute = pool.RunAsync(new Urgent(4), new TaskOptions { DeadlineAt = Time.GetUtcNow() + TimeSpan.FromSeconds(4) }).AsTask();
        await _urgent.AwaitRunningAsync(4);
        Assert.Equal([1, 1, 5, 4], _urgent.Calls.OrderBy(static call => call.Task.Number).Select(static call => (int)call.Remaining!.Value.TotalSeconds));
        Assert.Equal(["", "a", "", ""], _urgent.Calls.OrderBy(static call => call.Task.Number).Select(static call => call.Tenant ?? ""));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(new Expired(ExpiredWhere.Run), (await bare).Detail);
        Assert.Equal(new Expired(ExpiredWhere.Run), (await named).Detail);
        Assert.False(longer.IsCompleted || absolute.IsCompleted);
        await AdvanceAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(OutcomeKind.Expired, (await longer).Kind);
        Assert.Equal(OutcomeKind.Expired, (await absolute).Kind);
    }

    [Fact]
    public async Task Deadline_OfTheType_CountsWhileATaskWaitsForItsMomentToo()
    {
        _urgent.Returns(1);
        ITaskDispatcher pool = StartPool(builder => builder.Handle(_urgent)
            .Set("admission.rate.per-second", 0.1).Set("admission.rate.shape", "leaky-bucket").Set("admission.rate.max-delay", TimeSpan.FromMinutes(1))).Dispatcher;
        Assert.Equal(1, (await pool.RunAsync(new Urgent(1))).Result);
        // Its moment would be in 10 s, and its deadline is in 1 s.
        Assert.Equal(RejectReason.RateLimited, Assert.IsType<Rejected>((await pool.RunAsync(new Urgent(2))).Detail).Reason);
    }

    [Fact]
    public async Task Priority_OfTheType_IsServedFirstUnlessTheCallerSaysOtherwise()
    {
        HandlerGate gate = new();
        List<string> order = [];
        _resize.WaitsFor(gate, 0).Runs((task, _) =>
        {
            order.Add(task.Picture);
            return new ValueTask<int>(0);
        });
        ITaskDispatcher pool = StartPool(builder => Describe(builder).Handle<Plain, int>((task, _) =>
        {
            order.Add($"plain {task.Number}");
            return new ValueTask<int>(0);
        })).Dispatcher;
        Assert.True(pool.TrySubmit(new Resize("first", 1)));
        await _resize.AwaitRunningAsync(1);
        Task[] all =
        [
            pool.RunAsync(new Resize("P2 by its caller", 1), new TaskOptions { Priority = TaskPriority.P2 }).AsTask(),
            pool.RunAsync(new Resize("P1 by its caller", 1), new TaskOptions { Priority = TaskPriority.P1 }).AsTask(),
            pool.RunAsync(new Plain(1)).AsTask(),
            pool.RunAsync(new Resize("P0 by contract", 1), new TaskOptions { Tenant = "a" }).AsTask(),
        ];
        gate.Open();
        await Task.WhenAll(all);
        Assert.Equal(["P0 by contract", "P1 by its caller", "plain 1", "P2 by its caller"], order);
    }

    [Fact]
    public async Task QueueBudget_OfTheType_IsItsOwn()
    {
        HandlerGate gate = new();
        _resize.WaitsFor(gate, 0, 2);
        ITaskDispatcher pool = StartPool(builder => Describe(builder).Contract<Resize>(s_unlimited with { QueueBudget = null })
            .Handle<Plain, int>(static (_, _) => new ValueTask<int>(0))).Dispatcher;
        Assert.True(pool.TrySubmit(new Resize("a", 1)));
        await _resize.AwaitRunningAsync(1);
        Task<TaskOutcome<int>> waits = pool.RunAsync(new Resize("b", 1)).AsTask();
        Task<TaskOutcome<int>> plain = pool.RunAsync(new Plain(1)).AsTask();
        await AdvanceAsync(TimeSpan.FromMilliseconds(520));
        Assert.Equal(new Expired(ExpiredWhere.Queue), (await waits).Detail);
        Assert.False(plain.IsCompleted);
        gate.Open();
        Assert.True((await plain).IsCompleted);
    }

    [Fact]
    public async Task Retries_AndFallback_OfTheType_AreDone()
    {
        _resize.Throws(new TimeoutException("busy"), 3);
        // Without limits: time passes here however far the handler has come.
        ITaskDispatcher pool = StartPool(builder => Describe(builder).Contract<Resize>(s_unlimited)).Dispatcher;
        Task<TaskOutcome<int>> task = pool.RunAsync(new Resize("a", 1)).AsTask();
        while ((await Pools[0].AwaitAsync(static snapshot => snapshot.Delayed == 1 || snapshot.Ended == 1)).Ended == 0)
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal(-1, (await task).GetResultOrThrow());
        Assert.Equal(3, _resize.Count);
        Assert.Equal(1, pool.Snapshot().FellBack);
    }

    [Fact]
    public async Task PayloadCap_OfTheType_LeavesOthersAlone()
    {
        _resize.Returns(1);
        ITaskDispatcher pool = StartPool(builder => Describe(builder).Handle<string, int>(static (_, _) => new ValueTask<int>(2)).MeasurePayload<string>(static text => text.Length).Set("payload-cap", 1000)).Dispatcher;
        Assert.Equal(1, (await pool.RunAsync(new Resize(new string('a', 100), 1))).Result);
        Assert.Equal(new Rejected(RejectReason.PayloadTooLarge, null), (await pool.RunAsync(new Resize(new string('a', 101), 1))).Detail);
        Assert.Equal(2, (await pool.RunAsync<string, int>(new string('a', 101))).Result);
    }

    [Fact]
    public void GetContracts_OfAPool_AreTheValuesInForceWithTheirSources()
    {
        ITaskDispatcher pool = StartPool(
            builder => Describe(builder)
                .Contract<Resize>(new TaskContractOptions { Deadline = TimeSpan.FromSeconds(4), Retries = new RetryOptions { BackoffFirst = TimeSpan.FromMilliseconds(1) } })
                .Handle<Plain, int>(static (_, _) => new ValueTask<int>(0)),
            "hocon").Dispatcher;
        Assert.Equal([typeof(Resize), typeof(Plain)], pool.GetContracts().Select(static contract => contract.TaskType));
        TaskContract resize = pool.GetContracts()[0];
        Assert.Equal(("hocon", typeof(int), true), (resize.Pool, resize.ResultType, resize.HasFallback));
        Assert.Equal(new(TimeSpan.FromSeconds(4), SettingSource.Code), resize.Deadline);
        Assert.Equal(new(TaskPriority.P2, SettingSource.Hocon), resize.Priority);
        Assert.Equal(new(2, SettingSource.Hocon), resize.Attempts);
        Assert.Equal(new(TimeSpan.FromMilliseconds(900), SettingSource.Hocon), resize.RunBudget);
        Assert.Equal(new(TimeSpan.FromMilliseconds(300), SettingSource.Attribute), resize.P99Target);
        Assert.Equal(new(TimeSpan.FromMilliseconds(500), SettingSource.Attribute), resize.QueueBudget);
        Assert.Equal(new(100, SettingSource.Attribute), resize.PayloadCapBytes);
        Assert.Equal(["TimeoutException", "TryTimeout"], resize.RetryOn.Value);
        Assert.Equal(SettingSource.Attribute, resize.RetryOn.Source);
        Assert.Equal(new(TimeSpan.FromMilliseconds(1), SettingSource.Code), resize.BackoffFirst);
        Assert.Equal(new(TimeSpan.FromMilliseconds(50), SettingSource.Attribute), resize.BackoffMax);
        Assert.Equal(new(true, SettingSource.Attribute), resize.FallbackOnFailed);
        Assert.Equal(new(false, SettingSource.Attribute), resize.FallbackOnBreakerOpen);
        TaskContract plain = pool.GetContracts()[1];
        Assert.Equal(new(null, SettingSource.Default), plain.Deadline);
        Assert.Equal(new(TaskPriority.P1, SettingSource.Default), plain.Priority);
        Assert.Equal(new(1, SettingSource.Default), plain.Attempts);
        Assert.Equal(["transient"], plain.RetryOn.Value);
        Assert.Equal(SettingSource.Default, plain.RetryOn.Source);
        Assert.Equal(new(TimeSpan.FromSeconds(7), SettingSource.Hocon), plain.BackoffMax);
    }

    [Fact]
    public void ToJsonSchema_OfAContract_IsThePayloadsSchemaWithTheContractBesideIt()
    {
        ITaskDispatcher pool = StartPool(builder => Describe(builder)).Dispatcher;
        JsonObject schema = Assert.Single(pool.GetContracts()).ToJsonSchema(JsonSerializerOptions.Web);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        Assert.Equal(("Resize", "object"), ((string?)schema["title"], (string?)schema["type"]));
        Assert.Equal("string", (string?)schema["properties"]!["picture"]!["type"]);
        Assert.Equal((2.0, 0.3, "P0", 100, 3), (
            (double)schema["x-deadline-seconds"]!, (double)schema["x-p99-target-seconds"]!, (string?)schema["x-priority"], (int)schema["x-payload-cap-bytes"]!, (int)schema["x-attempts"]!));
        Assert.Equal("""["TimeoutException","TryTimeout"]""", schema["x-retry-on"]!.ToJsonString());
        Assert.Equal(("attribute", "hocon"), ((string?)schema["x-sources"]!["deadline-seconds"], (string?)schema["x-sources"]!["run-budget-seconds"]));
        Assert.Equal("Resize/result", (string?)schema["x-result"]!["$id"]);
    }

    [Fact]
    public async Task P99Target_HandlersAloneTakeLonger_IsWarnedOfOnce()
    {
        LogLines log = new();
        ITaskDispatcher pool = StartPool(
            builder => builder.Workers(1)
                .Contract<Plain>(new TaskContractOptions { P99Target = TimeSpan.FromMilliseconds(20) })
                .Handle<Plain, int>((_, _) =>
                {
                    Time.Advance(TimeSpan.FromMilliseconds(30));
                    return new ValueTask<int>(0);
                }),
            services: new ServiceCollection().AddLogging(logging => logging.AddProvider(log)).BuildServiceProvider()).Dispatcher;
        for (int i = 0; i < 99; i++)
            await pool.RunAsync(new Plain(i));
        Assert.DoesNotContain(log.Lines, static line => line.Contains("p99-target", StringComparison.Ordinal));
        for (int i = 0; i < 400; i++)
            await pool.RunAsync(new Plain(i));
        Assert.Equal(
            "Pool test: contract.p99-target of Plain = 00:00:00.0200000 cannot be met: 100 of 100 runs took longer in the handler alone; expected a time that 99 of 100 runs keep",
            Assert.Single(log.Lines, static line => line.Contains("p99-target", StringComparison.Ordinal)));
    }

    private TaskDispatcherBuilder Describe(TaskDispatcherBuilder builder) => builder.Workers(1).Handle(_resize).Fallback<Resize, int>(static (_, _) => -1);
}
