using System.Text.Json;
using Dispatcher.Actors;
using Dispatcher.Host.Endpoints;

namespace Dispatcher.Host.Tests.Endpoints;

public sealed class TaskTableTests
{
    private readonly TaskTable _table = new(capacity: 2);

    [Fact]
    public void TryReserve_FullOfPendingTasks_Refuses()
    {
        Add(1);
        Add(2);
        Assert.False(_table.TryReserve());
        Assert.Single(_table.Find(new TaskId(1)));
    }

    [Fact]
    public void TryReserve_OneHasEnded_TakesThePlaceOfTheFirstThatEnded()
    {
        Add(1);
        Add(2).End();
        Assert.True(_table.TryReserve());
        Assert.Single(_table.Find(new TaskId(1)));
        Assert.Empty(_table.Find(new TaskId(2)));
    }

    [Fact]
    public void TryReserve_OneOfTwoCallersHasEnded_TakesItsPlaceAndLeavesTheOther()
    {
        Entry stays = Add(1);
        Entry leaves = Add(1);
        Assert.NotEqual(stays.Caller, leaves.Caller);
        Assert.False(_table.TryReserve());
        leaves.End();
        Assert.True(_table.TryReserve());
        Assert.Equal([stays], _table.Find(new TaskId(1)));
    }

    [Fact]
    public void TryReserve_ReservedPlaces_CountUntilReleased()
    {
        Assert.True(_table.TryReserve());
        Assert.True(_table.TryReserve());
        Assert.False(_table.TryReserve());
        _table.Release();
        Assert.True(_table.TryReserve());
    }

    private Entry Add(long id)
    {
        Assert.True(_table.TryReserve());
        var entry = new Entry(new TaskId(id));
        _table.Add(entry);
        return entry;
    }

    private sealed class Entry(TaskId id) : TaskEntry("test", default, isKeyed: false)
    {
        private readonly TaskCompletionSource _ended = new();

        public override TaskId Id => id;

        public override bool IsJoined => false;

        public override Task Ended => _ended.Task;

        public override Rejected? Refusal => null;

        public override OutcomeKind Kind => OutcomeKind.Pending;

        public void End() => _ended.SetResult();

        public override bool TryCancel(string by) => false;

        protected override string State() => "test";

        protected override JsonElement? Result() => null;

        protected override TaskDetail? Detail() => null;
    }
}
