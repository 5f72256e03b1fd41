using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// P10, density: 10 k tasks in flight at once, with the memory that each takes. The benchmarks measure 1 M, queued and in flight.
/// </summary>
[Collection(Alone.Name)]
public sealed class RowP10Tests : PoolTest
{
    private const int Tasks = 10_000;

    // 10^6 tasks under 400 MB, and as much again for this test's own promise and task of each.
    private const int BytesPerTask = 800;

    [Fact]
    public async Task TenThousandInFlight_TakeAFewHundredBytesEach_AndAllEnd()
    {
        TaskCompletionSource<int> gate = new();
        ITaskDispatcher pool = Start(b => b.Workers(2).Concurrency(Tasks / 2).Queue(Tasks).Handle<Wait, int>((_, _) => new ValueTask<int>(gate.Task)));
        Task<TaskOutcome<int>>[] outcomes = new Task<TaskOutcome<int>>[Tasks];
        long before = GC.GetTotalMemory(forceFullCollection: true);

        for (int i = 0; i < Tasks; i++)
            outcomes[i] = pool.RunAsync(new Wait()).AsTask();
        AwaitPool(pool, s => s.Running == Tasks);

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) / Tasks, 1, BytesPerTask);
        // Elsewhere: ten thousand handlers go on inside it.
        await Task.Run(() => gate.SetResult(7));
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.Equal(7, outcome.Result));
        AwaitPool(pool, s => s is { Running: 0, Completed: Tasks, Submitted: Tasks });
    }

    private sealed record Wait : ITask<int>;
}
