using Dispatcher.Actors.Hosting;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>The features' line on stuck tasks: a task past its grace is abandoned, its place replaced up to a cap, and it is named and counted.</summary>
public sealed class StuckTasksTests : DispatcherTestKit
{
    private const int Workers = 10;

    private static readonly TaskOptions s_second = new() { RunBudget = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task PoolOfTen_TenStuckTasks_TheThroughputOfTheRestIsIntact()
    {
        HandlerGate gate = new();
        TestPool pool = StartPool(d => Describe(d, gate));
        await StickAsync(pool, Workers);
        Assert.Equal((Workers, Workers), (pool.Dispatcher.Snapshot().Stuck, pool.Dispatcher.Snapshot().Replaced));

        HandlerGate rest = new();
        Task<TaskOutcome<int>>[] others = [.. Enumerable.Range(0, 2 * Workers).Select(_ => pool.Dispatcher.RunAsync(new Job(rest)).AsTask())];
        await rest.AwaitWaitingAsync(Workers);
        await pool.AwaitAsync(snapshot => snapshot is { Running: Workers, Queued: Workers });
        rest.Open();
        Assert.All(await Task.WhenAll(others), outcome => Assert.True(outcome.IsCompleted));

        gate.Open();
        await pool.AwaitAsync(snapshot => snapshot is { Stuck: 0, Replaced: 0, Workers: Workers });
        await pool.VerifySumsAsync();
    }

    [Fact]
    public async Task MoreStuckThanTheCap_TheOthersKeepTheirPlacesUntilTheyComeBack()
    {
        HandlerGate gate = new();
        TestPool pool = StartPool(d => Describe(d, gate).Set("workers.replacements", 4));
        await StickAsync(pool, Workers);
        Assert.Equal((Workers, 4), (pool.Dispatcher.Snapshot().Stuck, pool.Dispatcher.Snapshot().Replaced));

        HandlerGate rest = new();
        Task<TaskOutcome<int>>[] others = [.. Enumerable.Range(0, Workers).Select(_ => pool.Dispatcher.RunAsync(new Job(rest)).AsTask())];
        await pool.AwaitAsync(snapshot => snapshot is { Running: 4, Queued: 6 });
        gate.Open();
        await pool.AwaitAsync(snapshot => snapshot is { Running: Workers, Stuck: 0, Replaced: 0 });
        rest.Open();
        Assert.All(await Task.WhenAll(others), outcome => Assert.True(outcome.IsCompleted));
    }

    private static TaskDispatcherBuilder Describe(TaskDispatcherBuilder builder, HandlerGate gate) =>
        builder.Workers(Workers).Set("grace", TimeSpan.FromSeconds(1)).Handle<Job, int>(async (job, _) =>
        {
            await (job.Gate ?? gate).WaitAsync();
            return 1;
        });

    private async Task StickAsync(TestPool pool, int count)
    {
        Task<TaskOutcome<int>>[] stuck = [.. Enumerable.Range(0, count).Select(_ => pool.Dispatcher.RunAsync(new Job(null), s_second).AsTask())];
        await pool.AwaitAsync(snapshot => snapshot.Running == count);
        // One that has its worker's turn still is replaced by another worker, which may outlive the turn for as long as its own task takes.
        await pool.AwaitTurnsAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(2.1));
        Assert.All(await Task.WhenAll(stuck), outcome => Assert.IsType<Abandoned>(outcome.Detail));
    }

    private sealed record Job(HandlerGate? Gate) : ITask<int>;
}
