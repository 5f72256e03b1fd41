using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Tests.Workers;

public sealed class WorkerStateMachineTests
{
    [Theory]
    [InlineData(WorkerState.Idle, WorkerState.Busy, true)]
    [InlineData(WorkerState.Busy, WorkerState.Idle, true)]
    [InlineData(WorkerState.Busy, WorkerState.Draining, true)]
    [InlineData(WorkerState.Draining, WorkerState.Idle, true)]
    [InlineData(WorkerState.Idle, WorkerState.Idle, false)]
    [InlineData(WorkerState.Idle, WorkerState.Draining, false)]
    [InlineData(WorkerState.Busy, WorkerState.Busy, false)]
    [InlineData(WorkerState.Draining, WorkerState.Busy, false)]
    [InlineData(WorkerState.Draining, WorkerState.Draining, false)]
    public void IsAllowed_EveryPair_OnlyTheFourMoves(WorkerState from, WorkerState to, bool allowed) =>
        Assert.Equal(allowed, WorkerStateMachine.IsAllowed(from, to));

    [Fact]
    public void TryMove_NotAllowed_IsRefusedAndCountedAndChangesNothing()
    {
        WorkerStateMachine machine = default;
        Assert.Equal(WorkerState.Idle, machine.State);
        Assert.False(machine.TryMove(WorkerState.Draining));
        Assert.Equal(WorkerState.Idle, machine.State);
        Assert.Equal(1, machine.Refused);
        Assert.True(machine.TryMove(WorkerState.Busy));
        Assert.Equal(1, machine.Refused);
    }
}
