using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// U5, lock-free intake: no lock on the submit path, and bounded all the same. That the path's sources take none is a convention (SubmitPathTests); here it
/// is submitted to by many at once.
/// </summary>
public sealed class RowU5Tests
{
    private const int Capacity = 64;
    private const int Submitters = 8;
    private const int Each = 20_000;

    [Theory]
    [InlineData(RoutingPolicy.CreditPull)]
    [InlineData(RoutingPolicy.RoundRobin)]
    public async Task EightSubmitters_NobodyTakes_ExactlyTheCapacityIsAdmittedAndTheRestIsRefusedAtOnce(RoutingPolicy routing)
    {
        // No worker ever comes: with either routing the tasks are in the one line that then takes them.
        PoolCore core = TestCells.Core(TestCells.Settings with { Routing = routing, QueueCapacity = Capacity });
        TaskRoute<string, int> route = TestCells.Route(core);
        using Barrier start = new(Submitters);

        int[] taken = await Task.WhenAll(Enumerable.Range(0, Submitters).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                int count = 0;
                for (int i = 0; i < Each; i++)
                    count += route.TrySubmit("x", null) ? 1 : 0;
                return count;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        PoolSnapshot end = core.Snapshot();
        Assert.Equal(Capacity, taken.Sum());
        Assert.Equal((Capacity, Submitters * Each, (Submitters * Each) - Capacity), (end.Queued, end.Submitted, end.Rejected));
    }
}
