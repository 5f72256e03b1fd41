using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>Ten thousand workers that wait: what one holds, and how long it takes to make.</summary>
internal sealed class IdleWorkers : IContestant
{
    private static readonly Metric Held = new("B held", "0");
    private static readonly Metric MakeMicros = new("us to make", "0.00");

    public static Workload Workload() =>
        new("w5-idle-worker", "A pool of ten thousand workers that wait for tasks")
        {
            Peers = [new(DispatchSuite.Pool, () => new IdleWorkers())],
            Columns = [Held, MakeMicros, Metric.Allocated],
            Operations = 10_000,
            WarmUps = 2,
            Bars = [Bar.Value(DispatchSuite.Pool, Held, 600), Bar.Value(DispatchSuite.Pool, MakeMicros, 3)],
            Note = "The whole pool divided by its workers: actors, places, handlers, queue.",
        };

    public async Task RunAsync(Round round)
    {
        await using (Start(10))
        {
            WorkloadRunner.Settle();
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        round.Begin();
        await using var pool = Start(round.Operations);
        while (pool.Dispatcher.Snapshot().WorkersIdle < round.Operations) await Task.Yield();
        round.End();
        round.Set(MakeMicros, round.Elapsed.TotalMicroseconds / round.Operations);
        WorkloadRunner.Settle();
        round.Set(Held, (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)round.Operations);
        GC.KeepAlive(pool);
    }

    private static TestPool Start(int workers) => new(workers, ChannelSink.Capacity, static pool => pool.Handle<NopTask, int>(NopTask.HandleAsync));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
