using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Threads;

/// <summary>The run on real threads, small; <c>./dispatcher soak threads</c> is the long one.</summary>
[Collection(Alone.Name)]
public sealed class ThreadRunTests
{
    private const int Tasks = 100_000;

    [Fact]
    public async Task Pool_FaultsCancelsResizesAndAStop_EveryCallerIsToldOnceAndSumsAddUp()
    {
        ThreadRun run = new(Tasks);

        Assert.Empty(await Task.Run(run.RunAsync));

        Assert.All(run.Pools, pool => Assert.Equal(PoolPhase.Stopped, pool.Phase));
        // A run in which nothing happens proves nothing.
        Assert.InRange(run.Pools.Sum(pool => pool.Failed), Tasks / 200, Tasks / 100);
        Assert.InRange(run.Pools.Sum(pool => pool.Completed), Tasks * 9 / 10, Tasks);
        Assert.InRange(run.Pools.Sum(pool => pool.RejectedBy.GetValueOrDefault(RejectReason.Draining) + pool.RejectedBy.GetValueOrDefault(RejectReason.Stopped)), 1, Tasks);
    }
}
