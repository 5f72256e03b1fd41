using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Dispatch;

/// <summary>What the core owes to those who come before its actors.</summary>
public sealed class PoolCoreTests
{
    [Fact]
    public void Connect_WakeWasWantedBefore_IsRoutedThen()
    {
        PoolCore core = TestCells.Core();
        TaskRoute<string, int> route = TestCells.Route(core);
        core.Idle.Add(0);
        Assert.Null(core.Admit(TaskPriority.P1, null, mayWait: false, out _, out CellState place));
        core.Enter(TestCells.Cell(route, "early", place), place);
        Routed routed = new();

        core.Connect(routed);

        Assert.Equal(1, routed.Wakes);
    }

    [Fact]
    public void Connect_NothingWaits_WakesNobody()
    {
        PoolCore core = TestCells.Core();
        core.Idle.Add(0);
        Routed routed = new();

        core.Connect(routed);

        Assert.Equal(0, routed.Wakes);
    }

    [Fact]
    public void Connect_TurnWasLentBefore_StartsTheWatchThen()
    {
        PoolCore core = TestCells.Core();
        core.EnsureWatch();
        Routed routed = new();

        core.Connect(routed);

        Assert.Equal(1, routed.Watches);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("abandon")]
    [InlineData("sweep")]
    public void CellServesAnotherPoolNow_ItsLastPoolLeavesItAlone(string act)
    {
        ManualTime time = new();
        PoolCore last = TestCells.Core(time: time), next = TestCells.Core(time: time);
        TaskRoute<string, int> lastRoute = TestCells.Route(last);
        TaskCell? seen = null;
        TaskRoute<string, int> nextRoute = TestCells.Route(next, (_, context) =>
        {
            next.Slots.ForEachRunning(cell => seen = cell);
            time.Advance(TimeSpan.FromSeconds(1));
            switch (act)
            {
                case "stop":
                    last.StopRunning(OutcomeDetails.Stopped);
                    break;
                case "abandon":
                    Assert.Empty(last.AbandonRunning("test"));
                    break;
                default:
                    last.Sweep();
                    break;
            }

            Assert.False(context.CancellationToken.IsCancellationRequested);
            return new ValueTask<int>(1);
        });
        TaskCell? left = RunOne(last, lastRoute, null);
        // The worker of the last pool still has the cell in hand. The next pool uses it anew, and its task's time is over while it runs.
        RunOne(next, nextRoute, new TaskOptions { RunBudget = TimeSpan.FromMilliseconds(10) });

        Assert.NotNull(seen);
        Assert.Same(left, seen);
        Assert.Equal((1, 1), (last.Snapshot().Completed, next.Snapshot().Completed));
    }

    // The cell comes from this thread's stock and goes back to it: a test that changed one there would change a task of the next test.
    private static TaskCell? RunOne(PoolCore core, TaskRoute<string, int> route, TaskOptions? options)
    {
        core.Open();
        WorkerSlot worker = core.Slots.TryTake()!;
        worker.Man(new Deaf());
        Assert.True(route.TrySubmit("task", options));
        worker.RunTurn();
        TaskCell? cell = null;
        worker.ForEachRunning(found => cell = found);
        return cell;
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }

    private sealed class Routed : IPoolSignals
    {
        public int Wakes { get; private set; }

        public void RouteWake() => Wakes++;

        public void RouteWakeTo(int worker)
        {
        }

        public int Watches { get; private set; }

        public void StartWatch() => Watches++;

        public void ArmSweep()
        {
        }

        public void Review()
        {
        }
    }
}
