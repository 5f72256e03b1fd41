using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers;

/// <content>Failures of the worker, its rest after them, and handlers that do not come back.</content>
internal sealed partial class WorkerSlot
{
    private Exception? _fault;
    private WorkerRest? _rest;

    /// <summary>Whether a handler that is stuck has its turn, and another worker stands in for it.</summary>
    public bool IsStuck => TurnAbsence == HandlerAbsence.Replaced;

    /// <summary>The exception that the actor has to fail with, once. In the worker's turn.</summary>
    public Exception? TakeFault()
    {
        Exception? fault = Interlocked.Exchange(ref _fault, null);
        if (fault == null)
            return null;
        _core.CountWorkerFailure(fault);
        _rest ??= new WorkerRest();
        if (_rest.AfterFailure(Completed, fault is HandlerConstructionException, _core) is > 0 and long until)
            _core.Announce(until);
        return fault;
    }

    internal void NoteFault(Exception error) => Interlocked.CompareExchange(ref _fault, error, null);

    /// <summary>The handler of a task that was given up is out. If it was replaced, its place in flight is free; or, while it has the turn, another worker comes.</summary>
    /// <param name="cell">The task.</param>
    internal void OnAbsent(TaskCell cell)
    {
        _core.Bound?.OnChanged(this);
        if (cell.Absence == HandlerAbsence.Replaced && _flights != null && _flights.TryRemove(cell, cell.FlightIndex, out HandlerSet? handlers))
        {
            handlers!.Release();
            RaiseIfParked();
        }
    }

    // Whether the handler of a task that was given up has the turn. The last cell stays in view after its end, and may be at work elsewhere.
    private HandlerAbsence TurnAbsence =>
        Volatile.Read(ref _current) is { State: CellState.Ended } cell && cell.Slot == this ? cell.Absence : HandlerAbsence.None;

    // A handler that is stuck has the turn, or such handlers have all places in flight and nobody stands in for them.
    private bool IsHeldUpByAbsent =>
        TurnAbsence is HandlerAbsence.Kept or HandlerAbsence.Replaced || _flights is { HasRoom: false, Running: 0 };

    // The sweep raises it in time.
    private TurnEnd Rest()
    {
        PassOn();
        return TurnEnd.Resting;
    }
}
