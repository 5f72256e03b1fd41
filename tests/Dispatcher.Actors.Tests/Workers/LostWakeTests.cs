using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Workers;

/// <summary>Wake-ups that come to a worker which takes no more tasks, or before anybody could pass them on: what they stood for is not forgotten.</summary>
public sealed class LostWakeTests
{
    private readonly Wakes _wakes = new();

    [Fact]
    public void WokenForAnOrphan_IsAskedToDrainBeforeItsTurn_TheNextIdleWorkerIsWoken()
    {
        PoolCore core = TestCells.Core(TestCells.Settings with { Routing = RoutingPolicy.RoundRobin });
        core.Connect(_wakes);
        WorkerSlot[] workers = [Idle(core), Idle(core), Idle(core)];
        Enter(core);
        Assert.Equal([workers[0].Index], _wakes.To);
        // Its line becomes anybody's, and somebody is woken for it.
        workers[0].RequestDrain();
        Assert.True(core.Idle.TryTakeForWake(out int woken));
        Assert.Equal((1, 1), (_wakes.Any, woken));
        workers[1].RequestDrain();

        Assert.Equal(TurnEnd.Drained, workers[1].RunTurn());

        Assert.Equal(2, _wakes.Any);
        Assert.Equal(TurnEnd.Idle, workers[2].RunTurn());
        Assert.Equal(1, core.Snapshot().Completed);
    }

    [Fact]
    public void WokenWithATaskInFlight_IsAskedToDrainBeforeItsTurn_TheNextIdleWorkerIsWoken()
    {
        PoolCore core = TestCells.Core(TestCells.Settings with { Concurrency = 2 });
        core.Connect(_wakes);
        TaskCompletionSource<int> promise = new();
        bool isFirst = true;
        TaskRoute<string, int> route = TestCells.Route(core, (_, _) => isFirst ? new ValueTask<int>(promise.Task) : new ValueTask<int>(1));
        WorkerSlot draining = Idle(core);
        Enter(core, route);
        draining.RunTurn();
        isFirst = false;
        WorkerSlot other = Idle(core);
        Enter(core, route);
        Assert.True(core.Idle.TryTakeForWake(out int woken));
        Assert.Equal(draining.Index, woken);
        int before = _wakes.Any;
        draining.RequestDrain();

        Assert.Equal(TurnEnd.Parked, draining.RunTurn());

        Assert.Equal(before + 1, _wakes.Any);
        Assert.Equal(TurnEnd.Idle, other.RunTurn());
        Assert.Equal((1, 1), (core.Snapshot().Completed, core.Snapshot().Running));
    }

    [Fact]
    public void WorkerIsIdleBeforeThePoolIsConnected_ItsTaskIsNotForgotten()
    {
        PoolCore core = TestCells.Core(TestCells.Settings with { Routing = RoutingPolicy.RoundRobin });
        WorkerSlot worker = Idle(core);
        Enter(core);
        Assert.Equal(0, _wakes.Raised);

        core.Connect(_wakes);

        Assert.Equal(1, _wakes.Raised);
        worker.RunTurn();
        Assert.Equal(1, core.Snapshot().Completed);
    }

    private static void Enter(PoolCore core, TaskRoute<string, int>? route = null)
    {
        route ??= TestCells.Route(core);
        Assert.Null(core.Admit(TaskPriority.P1, null, mayWait: false, out TaskLine line, out CellState place));
        TaskCell<string, int> cell = TestCells.Cell(route, "task", place);
        cell.Line = line;
        core.Enter(cell, place);
    }

    private WorkerSlot Idle(PoolCore core)
    {
        WorkerSlot worker = core.Slots.TryTake()!;
        worker.Man(_wakes);
        worker.WarmUp();
        Assert.Equal(TurnEnd.Idle, worker.RunTurn());
        return worker;
    }

    private sealed class Wakes : IPoolSignals, IWorkerSignal
    {
        public List<int> To { get; } = [];

        public int Any { get; private set; }

        public int Raised { get; private set; }

        public void Raise() => Raised++;

        public void RouteWake() => Any++;

        public void RouteWakeTo(int worker) => To.Add(worker);

        public void ArmSweep()
        {
        }

        public void StartWatch()
        {
        }

        public void Review()
        {
        }
    }
}
