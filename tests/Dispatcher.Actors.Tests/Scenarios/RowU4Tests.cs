using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>U4, pooled buffers and envelopes: the steady state allocates nothing a task, against a naive version that does.</summary>
[Collection(Alone.Name)]
public sealed class RowU4Tests : PoolTest
{
    private const int Tasks = 100_000;
    private const int Rounds = 5;
    // What the pool does between tasks, timers and the test runner's own, spread over the tasks.
    private const double SlackBytes = 4;

    private static readonly Work s_work = new("x");

    [Fact]
    public async Task RunAsync_HundredThousandTasks_AllocateNothing() =>
        Assert.InRange(await BytesATaskAsync(StartPool(), RunAsync), 0, SlackBytes);

    [Fact]
    public async Task RunAsync_BoundToWorkers_HundredThousandTasks_AllocateNothing() =>
        Assert.InRange(await BytesATaskAsync(StartPool(RoutingPolicy.RoundRobin), RunAsync), 0, SlackBytes);

    [Fact]
    public async Task PostAsync_HundredThousandTasks_AllocateNothing() =>
        Assert.InRange(await BytesATaskAsync(StartPool(), PostAsync), 0, SlackBytes);

    [Fact]
    public async Task NaiveVersion_AThreadPoolTaskEach_AllocatesAtLeastTwentyTimesAsMuch()
    {
        double ours = await BytesATaskAsync(StartPool(), RunAsync);
        double naive = await BytesATaskAsync(null!, static _ => NaiveAsync());
        Assert.True(naive >= 20 * Math.Max(ours, 1), $"naive {naive:0.0} B a task, ours {ours:0.0} B");
    }

    private ITaskDispatcher StartPool(RoutingPolicy routing = RoutingPolicy.CreditPull) =>
        Start(b => b.Workers(2).Routing(routing).Handle<Work, string>(static (work, _) => new ValueTask<string>(work.Name)));

    // The best of several, because what else runs in the process allocates too; and away from the test's synchronization context, which does for each post.
    private static async Task<double> BytesATaskAsync(ITaskDispatcher pool, Func<ITaskDispatcher, Task> run)
    {
        double best = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await Task.Run(() => run(pool));
            best = Math.Min(best, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Tasks);
        }

        return best;
    }

    private static async Task RunAsync(ITaskDispatcher pool)
    {
        for (int i = 0; i < Tasks; i++)
            await pool.RunAsync(s_work);
    }

    // A window at a time: a refused task would prove nothing.
    private static async Task PostAsync(ITaskDispatcher pool)
    {
        const int Window = 500;
        for (int i = 0; i < Tasks; i += Window)
        {
            for (int posted = 1; posted < Window; posted++)
                Assert.True((await pool.PostAsync(s_work)));
            await pool.RunAsync(s_work);
        }
    }

    private static async Task NaiveAsync()
    {
        for (int i = 0; i < Tasks; i++)
            await Task.Run(static () => s_work.Name);
    }
}
