using System.Diagnostics.Metrics;
using Dispatcher.Actors.Tests.Telemetry;
using Dispatcher.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row S7, idempotency, in the memory of one process: the same key submitted 100 times at once runs once; a repeat gets what came of it, for as long as that is kept.
/// </summary>
public sealed class RowS7Tests : DispatcherTestKit
{
    private const int Callers = 100;
    private static readonly TaskOptions s_keyed = new() { IdempotencyKey = "order-4711", Tenant = "shop" };

    private int _runs;

    [Fact]
    public async Task OneKey_AHundredTimesAtOnce_RunsOnceAndAllGetTheSame()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using Readings readings = new(services.GetRequiredService<IMeterFactory>());
        TaskCompletionSource<string> end = new();
        TestPool pool = StartPool(
            b => b.Workers(4).Handle<Charge, string>(async (_, _) =>
            {
                int run = Interlocked.Increment(ref _runs);
                return $"{await end.Task} {run}";
            }),
            services: services);
        using Barrier start = new(Callers);
        Task<TaskOutcome<string>>[] calls = [.. Enumerable.Range(0, Callers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return pool.Dispatcher.RunAsync(new Charge("card", 12.50m), s_keyed).AsTask();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap())];
        await pool.AwaitAsync(snapshot => snapshot.Joined == Callers - 1);
        end.SetResult("charged");

        Assert.All(await Task.WhenAll(calls), outcome => Assert.Equal("charged 1", outcome.GetResultOrThrow()));
        PoolSnapshot snapshot = pool.Dispatcher.Snapshot();
        Assert.Equal((1, 1, Callers - 1), (snapshot.Submitted, snapshot.Completed, snapshot.Joined));
        Assert.Equal(1, readings.Read("dispatcher.task.submitted"));
        Assert.Equal(Callers - 1, readings.Read("dispatcher.task.joined", "dispatcher.pool.name=test"));
    }

    [Fact]
    public async Task OneKey_Repeated_RunsAgainWhenItsOutcomeIsNoLongerKept()
    {
        TestPool pool = StartPool(b => b.Workers(1).Set("idempotency.retention", TimeSpan.FromMinutes(5)).Handle<Charge, string>((_, _) => new ValueTask<string>($"run {++_runs}")));
        Assert.Equal("run 1", await RunAsync());
        Assert.Equal("run 1", await RunAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(4));
        Assert.Equal("run 1", await RunAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("run 2", await RunAsync());

        async Task<string> RunAsync() => (await pool.Dispatcher.RunAsync(new Charge("card", 12.50m), s_keyed)).GetResultOrThrow();
    }

    [Fact]
    public async Task OneKey_UsedForSomethingElse_IsRefusedAndOtherTenantsAreNot()
    {
        TestPool pool = StartPool(b => b.Handle<Charge, string>((_, _) => new ValueTask<string>($"run {Interlocked.Increment(ref _runs)}")));
        Assert.Equal("run 1", await RunAsync(12.50m, "shop"));
        Assert.Equal(new Rejected(RejectReason.OtherPayload, null), (await pool.Dispatcher.RunAsync(new Charge("card", 13m), s_keyed)).Detail);
        Assert.Equal("run 2", await RunAsync(13m, "another shop"));

        async Task<string> RunAsync(decimal amount, string tenant) =>
            (await pool.Dispatcher.RunAsync(new Charge("card", amount), s_keyed with { Tenant = tenant })).GetResultOrThrow();
    }

    private sealed record Charge(string Card, decimal Amount) : ITask<string>;
}
