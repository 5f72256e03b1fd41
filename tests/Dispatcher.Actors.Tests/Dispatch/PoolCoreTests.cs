using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

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
        Assert.Null(core.Admit(TaskPriority.P1, mayWait: false, out CellState place));
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

    private sealed class Routed : IPoolSignals
    {
        public int Wakes { get; private set; }

        public void RouteWake() => Wakes++;

        public void StartWatch()
    {
    }

    public void ArmSweep()
        {
        }

        public void Review()
        {
        }
    }
}
