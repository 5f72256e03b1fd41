using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Dispatch;

[Collection(Alone.Name)]
public sealed class AllocationTests : PoolTest
{
    [Fact]
    public async Task RunAsync_SteadyState_AllocatesNothing()
    {
        ITaskDispatcher pool = Start(b => b.Workers(2).Handle<Work, string>((_, _) => new ValueTask<string>("x")));
        Work work = new("a");
        long perTask = long.MaxValue;
        // The best of several, because the test runner allocates too; and away from its synchronization context, which does for each post.
        for (int round = 0; round < 5; round++)
            perTask = Math.Min(perTask, await Task.Run(() => MeasureAsync(pool, work)));
        Assert.InRange(perTask, 0, 8);
    }

    [Fact]
    public async Task RunAsync_ContractAndRollOut_AllocatesNothing()
    {
        ITaskDispatcher pool = Start(b => b.Workers(2)
            .Contract<Work>(new TaskContractOptions { QueueBudget = TimeSpan.FromHours(1), Priority = TaskPriority.P0 })
            .Handle<Work, string>((_, _) => new ValueTask<string>("x"))
            .RollOut<Work, string>((_, _) => new ValueTask<string>("y"), share: 0.5));
        Work work = new("a");
        long perTask = long.MaxValue;
        for (int round = 0; round < 5; round++)
            perTask = Math.Min(perTask, await Task.Run(() => MeasureAsync(pool, work)));
        Assert.InRange(perTask, 0, 8);
    }

    private static async Task<long> MeasureAsync(ITaskDispatcher pool, Work work)
    {
        const int Tasks = 20_000;
        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Tasks; i++)
            await pool.RunAsync(work);
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / Tasks;
    }
}
