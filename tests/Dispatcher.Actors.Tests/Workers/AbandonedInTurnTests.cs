using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Workers;

/// <summary>A task that is abandoned before its handler has returned its promise: it runs, and has no place among the flights yet.</summary>
public sealed class AbandonedInTurnTests
{
    private readonly PoolCore _core = TestCells.Core(TestCells.Settings with { Replacements = 1 });
    private readonly WorkerSlot _worker;
    private readonly TaskRoute<string, int> _route;
    private TaskCompletionSource<int> _promise = new();
    private bool _abandon;

    public AbandonedInTurnTests()
    {
        _worker = _core.Slots.TryTake()!;
        _worker.Man(new Deaf());
        _route = TestCells.Route(_core, (_, _) =>
        {
            if (_abandon)
                Assert.Single(_core.AbandonRunning("test"));
            return new ValueTask<int>(_promise.Task);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)] // as if the cell had last been in a pool with more places
    public Task PromiseComesAfterwards_ThePlaceIsFree(int lastIndex) =>
        // Away from the test's synchronization context, so that a handler lands where its promise is kept.
        Task.Run(() => AbandonBeforeThePromise(lastIndex));

    [Fact]
    public Task AnotherWorkerCameInItsStead_IsLetGoWhenTheTurnIsFree() => Task.Run(() =>
    {
        Reviews reviews = new(_core);
        _core.Connect(reviews);
        Enter(lastIndex: 0);
        _abandon = true;

        _worker.RunTurn();

        // One worker too few while the handler had the turn, and none from the moment on when it had returned its promise.
        Assert.Equal([1, 0], reviews.Missed);
        _promise.SetResult(1);
        Assert.Equal([1, 0, 0], reviews.Missed);
    });

    private void AbandonBeforeThePromise(int lastIndex)
    {
        Enter(lastIndex: 0);
        _worker.RunTurn();
        _promise.SetResult(1);
        TaskCompletionSource<int> late = _promise = new();
        Enter(lastIndex);
        _abandon = true;

        _worker.RunTurn();

        Assert.Equal((0, 1, 1), Counts());
        _abandon = false;
        _promise = new();
        Enter(lastIndex: 0);
        _worker.RunTurn();
        late.SetResult(1);
        Assert.Equal((1, 1, 1), Counts());
        _promise.SetResult(1);
        Assert.Equal((0, 2, 1), Counts());
    }

    private (int Running, long Completed, long Abandoned) Counts()
    {
        PoolSnapshot snapshot = _core.Snapshot();
        return (snapshot.Running, snapshot.Completed, snapshot.Abandoned);
    }

    private void Enter(int lastIndex)
    {
        Assert.Null(_core.Admit(TaskPriority.P1, null, mayWait: false, out _, out CellState place));
        TaskCell<string, int> cell = TestCells.Cell(_route, "task", place);
        cell.FlightIndex = lastIndex;
        _core.Enter(cell, place);
    }

    private sealed class Reviews(PoolCore core) : IPoolSignals
    {
        public List<int> Missed { get; } = [];

        public void Review() => Missed.Add(core.Slots.Missed);

        public void RouteWake()
        {
        }

        public void RouteWakeTo(int worker)
        {
        }

        public void ArmSweep()
        {
        }

        public void StartWatch()
        {
        }
    }

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
