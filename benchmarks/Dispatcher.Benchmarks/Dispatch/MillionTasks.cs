using Dispatcher.Actors;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>What a million tasks hold that wait for a worker, or await something in their handlers.</summary>
internal sealed class MillionTasks : IContestant
{
    private const int Many = 1_000_000;
    private const int Workers = 16;
    private static readonly Metric Held = new("MB held", "0");

    private readonly bool _inFlight;
    private readonly bool _withCallers;

    private MillionTasks(bool inFlight, bool withCallers) => (_inFlight, _withCallers) = (inFlight, withCallers);

    public static Workload Workload() =>
        new("million-tasks", "A million tasks at once: how much memory they hold, with their pool")
        {
            Peers =
            [
                new("queued", () => new MillionTasks(inFlight: false, withCallers: false)), new("queued, with their callers", () => new MillionTasks(inFlight: false, withCallers: true)),
                new("in flight", () => new MillionTasks(inFlight: true, withCallers: false)),
            ],
            Columns = [Held],
            Operations = Many,
            OperationsStep = Many,
            WarmUps = 0,
            Limit = TimeSpan.FromSeconds(1), // bytes do not vary
            Bars = [Bar.Value("queued", Held, 400), Bar.Value("queued, with their callers", Held, 400), Bar.Value("in flight", Held, 400)],
            Note = "The callers are async methods that await the outcome. In flight, each handler awaits; what its state machine holds is counted.",
        };

    public async Task RunAsync(Round round)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var pool = new TestPool(Workers, Many, pool => pool.Concurrency(_inFlight ? (Many / Workers) + 1 : 1).Handle<NopTask, int>(async (_, _) =>
        {
            await gate.Task;
            return 1;
        }));
        var callers = new Task[_withCallers ? Many : 0];
        for (var i = 0; i < Many; i++)
        {
            if (_withCallers) callers[i] = CallAsync(pool.Dispatcher);
            else if (!await pool.Dispatcher.PostAsync(NopTask.Instance)) throw new InvalidOperationException("A task was refused.");
        }
        while (_inFlight && pool.Dispatcher.Snapshot().Running < Many) await Task.Yield();
        WorkloadRunner.Settle();
        round.Set(Held, (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6);
        gate.SetResult();
        await Task.WhenAll(callers);
        while (pool.Dispatcher.Snapshot().Completed < Many) await Task.Yield();
        GC.KeepAlive(callers);
    }

    private static async Task CallAsync(ITaskDispatcher dispatcher)
    {
        if (!(await dispatcher.RunAsync(NopTask.Instance)).IsCompleted) throw new InvalidOperationException("A task was not completed.");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
