using Dispatcher.Actors.Admission.Fairness;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>Who holds a place of its tenant in a shared queue, and until when.</summary>
public sealed class FairLinesTests
{
    private static readonly FairnessSettings s_settings = new()
    {
        MaxTenants = 4, MaxShare = 1, DefaultWeight = 1, Burst = 1, RetryAfter = TimeSpan.FromSeconds(1), Weights = new Dictionary<string, int>(),
    };

    private readonly TaskRoute _route = TestCells.Route(TestCells.Core());
    private readonly FairShares _shares = new(s_settings, 8);
    private readonly FairLines _lines;

    public FairLinesTests() => _lines = new FairLines(s_settings, _shares, 8, CellState.Queued);

    [Fact]
    public void Enqueue_TaskWasEndedOnItsWay_HoldsNoPlace()
    {
        TaskCell cell = TestCells.Cell(_route, "x", CellState.Ended);

        _lines.Enqueue(cell);

        Assert.Equal(0, _shares.Held);
        Assert.True(_lines.TryDequeue((int)cell.Priority, out TaskCell? tombstone));
        Assert.Same(cell, tombstone);
    }

    [Fact]
    public void Enqueue_TaskComesOnceMore_HoldsAPlaceUntilItLeaves()
    {
        TaskCell cell = TestCells.Cell(_route, "x", CellState.Queued);

        _lines.Enqueue(cell);

        Assert.Equal(1, _shares.Held);
        cell.Extras!.Ticket.LeaveQueue();
        Assert.Equal(0, _shares.Held);
    }
}
