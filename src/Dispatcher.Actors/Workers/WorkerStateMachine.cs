namespace Dispatcher.Actors.Workers;

/// <summary>
/// The moves a worker may make: Idle to Busy when it gets a task, Busy to Idle when it finds no more, Busy to Draining when it is asked to stop, Draining to
/// Idle when its tasks are done. Every other move is refused and counted: it would be a bug.
/// </summary>
internal struct WorkerStateMachine
{
    private byte _state;
    private int _refused;

    /// <summary>The present state. Written by the worker's own turn, read by anyone.</summary>
    public readonly WorkerState State => (WorkerState)Volatile.Read(in _state);

    /// <summary>How many moves were refused.</summary>
    public readonly int Refused => Volatile.Read(in _refused);

    /// <summary>Makes a move.</summary>
    /// <param name="to">The new state.</param>
    /// <returns>Whether it is allowed.</returns>
    public bool TryMove(WorkerState to)
    {
        if (!IsAllowed(State, to))
        {
            Volatile.Write(ref _refused, _refused + 1);
            return false;
        }

        Volatile.Write(ref _state, (byte)to);
        return true;
    }

    /// <summary>Whether a move is one of the four.</summary>
    /// <param name="from">The state left.</param>
    /// <param name="to">The state entered.</param>
    public static bool IsAllowed(WorkerState from, WorkerState to) => (from, to) switch
    {
        (WorkerState.Idle, WorkerState.Busy) => true,
        (WorkerState.Busy, WorkerState.Idle) => true,
        (WorkerState.Busy, WorkerState.Draining) => true,
        (WorkerState.Draining, WorkerState.Idle) => true,
        _ => false,
    };
}
