namespace Dispatcher.Actors.Workers;

/// <summary>
/// The moves a worker may make: Idle to Busy when it gets a task, Busy to Idle when it finds no more, Busy to Draining when it is asked to stop, Draining to
/// Idle when its tasks are done. Every other move is refused and counted: it would be a bug.
/// </summary>
internal struct WorkerStateMachine
{
    // A bit for each allowed move, at four times the state left plus the state entered.
    private const int Allowed =
        (1 << ((4 * (int)WorkerState.Idle) + (int)WorkerState.Busy)) | (1 << ((4 * (int)WorkerState.Busy) + (int)WorkerState.Idle))
        | (1 << ((4 * (int)WorkerState.Busy) + (int)WorkerState.Draining)) | (1 << ((4 * (int)WorkerState.Draining) + (int)WorkerState.Idle));

    private byte _state;
    private ushort _refused;

    /// <summary>The present state. Written by the worker's own turn, read by anyone.</summary>
    public readonly WorkerState State => (WorkerState)Volatile.Read(in _state);

    /// <summary>How many moves were refused; counts up to 65535.</summary>
    public readonly int Refused => Volatile.Read(in _refused);

    /// <summary>Makes a move.</summary>
    /// <param name="to">The new state.</param>
    /// <returns>Whether it is allowed.</returns>
    public bool TryMove(WorkerState to)
    {
        if (!IsAllowed(State, to))
        {
            Volatile.Write(ref _refused, (ushort)Math.Min(_refused + 1, ushort.MaxValue));
            return false;
        }

        Volatile.Write(ref _state, (byte)to);
        return true;
    }

    /// <summary>Whether a move is one of the four.</summary>
    /// <param name="from">The state left.</param>
    /// <param name="to">The state entered.</param>
    public static bool IsAllowed(WorkerState from, WorkerState to) => ((Allowed >> ((4 * (int)from) + (int)to)) & 1) != 0;
}
