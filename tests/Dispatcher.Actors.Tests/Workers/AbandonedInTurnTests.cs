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

    private sealed class Deaf : IWorkerSignal
    {
        public void Raise()
        {
        }
    }
}
