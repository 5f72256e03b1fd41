using Dispatcher.Actors.Admission.Keys;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Keys;

/// <summary>The order of keys step by step, each race forced by doing its steps in the order that it needs.</summary>
public sealed class KeyOrderTests
{
    private readonly PoolCore _core = TestCells.Core(TestCells.Settings with { FullPolicy = FullPolicy.Wait });
    private readonly TaskRoute<string, int> _route;
    private readonly KeyOrder _keys;

    public KeyOrderTests()
    {
        _route = TestCells.Route(_core);
        _keys = new KeyOrder(limit: 1, _core.Clock);
    }

    [Fact]
    public void Join_FirstOfItsKey_Goes()
    {
        Assert.Equal(KeyVerdict.Go, _keys.Join(Link("a"), CellState.Queued));
        Assert.Equal(KeyVerdict.Go, _keys.Join(Link("b"), CellState.Queued));
        Assert.Equal(2, _keys.Count);
    }

    [Fact]
    public void Leave_OneWithTurn_HandsItToTheNextOnly()
    {
        KeyLink first = Joined("a"), second = Joined("a"), third = Joined("a");
        Assert.Equal((CellState.Queued, CellState.Parked, CellState.Parked), (first.State, second.State, third.State));

        Assert.Equal(new KeyStep(second, null), _keys.Leave(first));

        Assert.Equal((CellState.Queued, CellState.Parked), (second.State, third.State));
        Assert.Null(second.NextReleased);
    }

    [Fact]
    public void Leave_LastOfItsKey_LeavesNothingBehind()
    {
        KeyLink first = Joined("a"), second = Joined("a");
        _keys.Leave(first);
        _keys.Leave(second);
        Assert.Equal(0, _keys.Count);
    }

    [Fact]
    public void Join_AfterTheLastHasLeft_GoesAtOnce()
    {
        _keys.Leave(Joined("a"));
        Assert.Equal(KeyVerdict.Go, _keys.Join(Link("a"), CellState.Queued));
    }

    [Fact]
    public void Leave_NextIsCancelledAtThatMoment_TheOneBehindItGoesWhenItHasItsOutcome()
    {
        KeyLink first = Joined("a"), second = Joined("a"), third = Joined("a");
        // The cancel has won the state, and has not come to the line.
        Assert.True(second.TryMove(CellState.Parked, CellState.Ended));

        Assert.Equal(default, _keys.Leave(first));
        Assert.Equal(CellState.Parked, third.State);

        Assert.Equal(new KeyStep(third, null), _keys.Leave(second));
        Assert.Equal(CellState.Queued, third.State);
    }

    [Fact]
    public void Leave_NextIsCancelledAfterItsRelease_TheOneBehindItGoesThen()
    {
        KeyLink first = Joined("a"), second = Joined("a"), third = Joined("a");
        Assert.Equal(second, _keys.Leave(first).Released);
        Assert.True(second.TryMove(CellState.Queued, CellState.Ended));

        Assert.Equal(third, _keys.Leave(second).Released);
    }

    [Fact]
    public void Leave_OneFromTheMiddle_ReleasesNobody()
    {
        KeyLink first = Joined("a"), second = Joined("a"), third = Joined("a");
        Assert.True(second.TryMove(CellState.Parked, CellState.Ended));

        Assert.Equal(default, _keys.Leave(second));

        Assert.Equal(third, _keys.Leave(first).Released);
    }

    [Fact]
    public void Join_TaskThatWasCancelledBefore_GoesWhereItsEndWasCounted()
    {
        KeyLink gone = Link("a");
        Assert.Equal(default, _keys.Leave(gone));

        Assert.Equal(KeyVerdict.Go, _keys.Join(gone, CellState.Queued));

        Assert.Equal(0, _keys.Count);
    }

    [Fact]
    public void Join_CancelledWhileItIsBeingParked_GoesWhereItsEndWasCounted()
    {
        Joined("a");
        KeyLink second = Link("a");
        Assert.True(second.TryMove(CellState.Queued, CellState.Ended));

        Assert.Equal(KeyVerdict.Go, _keys.Join(second, CellState.Queued));

        Assert.Null(second.Parking);
    }

    [Fact]
    public void Join_BehindOneWithoutPlace_GivesWay()
    {
        KeyLink waiting = Joined("a", CellState.Waiting);
        KeyLink placed = Link("a");

        Assert.Equal(KeyVerdict.GaveWay, _keys.Join(placed, CellState.Queued));

        Assert.Equal((CellState.Waiting, CellState.ParkedWaiting), (waiting.State, placed.State));
    }

    [Fact]
    public void TakePlace_FirstOfTheLine_GoesAndTheNextLinesUp()
    {
        KeyLink first = Joined("a", CellState.Waiting), second = Joined("a", CellState.Waiting), third = Joined("a", CellState.Waiting);
        Assert.Equal((CellState.ParkedWaiting, CellState.ParkedWaiting), (second.State, third.State));
        first.TryMove(CellState.Waiting, CellState.Queued);

        Assert.Equal(KeyVerdict.Go, _keys.TakePlace(first, out KeyStep step));

        Assert.Equal(new KeyStep(null, second), step);
        Assert.Equal((CellState.Waiting, CellState.ParkedWaiting), (second.State, third.State));
    }

    [Fact]
    public void TakePlace_KeyIsBusy_ParksWithThePlace()
    {
        KeyLink first = Joined("a"), second = Joined("a", CellState.Waiting);
        Assert.Equal(CellState.Waiting, second.State);
        second.TryMove(CellState.Waiting, CellState.Queued);

        Assert.Equal(KeyVerdict.Parked, _keys.TakePlace(second, out _));
        Assert.Equal(second, _keys.Leave(first).Released);
    }

    [Fact]
    public void TakePlace_TheOneBeforeEndsBetweenLineAndPlace_GoesItself()
    {
        KeyLink first = Joined("a"), second = Joined("a", CellState.Waiting);
        second.TryMove(CellState.Waiting, CellState.Queued);

        Assert.Equal(default, _keys.Leave(first));
        Assert.Equal(KeyVerdict.Go, _keys.TakePlace(second, out _));
    }

    [Fact]
    public void Leave_FirstOfTheLineIsCancelled_TheNextLinesUp()
    {
        KeyLink busy = Joined("a"), first = Joined("a", CellState.Waiting), second = Joined("a", CellState.Waiting);
        first.TryMove(CellState.Waiting, CellState.Ended);

        Assert.Equal(new KeyStep(null, second), _keys.Leave(first));
        Assert.Equal(default, _keys.Leave(busy));
    }

    [Fact]
    public void Leave_TwoCancelledInTheLine_TheOneBehindBothLinesUpOnce()
    {
        KeyLink first = Joined("a", CellState.Waiting), second = Joined("a", CellState.Waiting), third = Joined("a", CellState.Waiting);
        first.TryMove(CellState.Waiting, CellState.Ended);
        second.TryMove(CellState.ParkedWaiting, CellState.Ended);

        Assert.Equal(third, _keys.Leave(second).Lined);
        Assert.Equal(default, _keys.Leave(first));
    }

    [Fact]
    public void TwoAtATime_OneLeaves_OneGoes()
    {
        KeyOrder keys = new(limit: 2, _core.Clock);
        KeyLink[] links = [.. Enumerable.Range(0, 5).Select(_ => Link("a"))];
        Assert.Equal([KeyVerdict.Go, KeyVerdict.Go, KeyVerdict.Parked, KeyVerdict.Parked, KeyVerdict.Parked], links.Select(link => keys.Join(link, CellState.Queued)));
        // The third is cancelled while two leave: both turns go to those behind it.
        links[2].TryMove(CellState.Parked, CellState.Ended);
        Assert.Equal(default, keys.Leave(links[0]));
        Assert.Equal(default, keys.Leave(links[1]));

        KeyStep step = keys.Leave(links[2]);

        Assert.Equal((links[3], links[4]), (step.Released, step.Released!.NextReleased));
    }

    [Fact]
    public void TryShed_ParkedTasks_TakesTheOneParkedLongest()
    {
        ManualTime time = new();
        PoolCore core = TestCells.Core(time: time);
        TaskRoute<string, int> route = TestCells.Route(core);
        List<KeyLink> links = [];
        foreach (string key in (string[])["a", "b", "b", "a"])
        {
            time.Advance(TimeSpan.FromSeconds(1));
            links.Add(Link(key, route));
            core.Keys.Join(links[^1], CellState.Queued);
        }

        Assert.True(core.Keys.TryShed(core.Shared, (int)TaskPriority.P1, out KeyLink? shed));
        Assert.Equal(links[2], shed);
        Assert.True(core.Keys.TryShed(core.Shared, (int)TaskPriority.P1, out shed));
        Assert.Equal(links[3], shed);
        Assert.False(core.Keys.TryShed(core.Shared, (int)TaskPriority.P1, out _));
    }

    private KeyLink Joined(string key, CellState place = CellState.Queued)
    {
        KeyLink link = Link(key, place: place);
        _keys.Join(link, place);
        return link;
    }

    private KeyLink Link(string key, TaskRoute? route = null, CellState place = CellState.Queued)
    {
        KeyLink link = new(key);
        TaskCell cell = TestCells.Cell(route ?? _route, key, place);
        cell.Line = cell.Route.Core.Shared;
        link.Bind(cell);
        return link;
    }
}
