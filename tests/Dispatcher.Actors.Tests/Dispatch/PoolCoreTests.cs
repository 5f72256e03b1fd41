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
        PoolCore last = TestCells.Core();
        PoolCore next = TestCells.Core();
        WorkerSlot worker = last.Slots.TryTake()!;
        worker.Man(new Deaf());
        TaskRoute<string, int> lastRoute = TestCells.Route(last);
        last.Admit(TaskPriority.P1, null, mayWait: false, out _, out CellState place);
        TaskCell<string, int> cell = TestCells.Cell(lastRoute, "first", place);
        last.Enter(cell, place);
        worker.RunTurn();
        Assert.Equal(1, last.Snapshot().Completed);
        // The worker still has the cell in hand. The next pool uses it anew, and runs its task.
        cell.Route = TestCells.Route(next);
        cell.Begin(CellState.Running);
        cell.DueAt = 1;

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

        Assert.Equal(CellState.Running, cell.State);
        Assert.False(cell.IsCancelRequested);
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
