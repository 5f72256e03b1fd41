namespace Dispatcher.Actors.Dispatch;

/// <summary>Where a task's cell is. Moves only along Free, Waiting or Queued, Running, Ended, Free; a retry goes back to Queued. One with a key may be parked before it is Waiting, and before it is Queued.</summary>
internal enum CellState : byte
{
    /// <summary>In the pool of cells, or being filled by the one who rented it.</summary>
    Free,

    /// <summary>In the waiting line, without a place in the intake.</summary>
    Waiting,

    /// <summary>Has a place in the intake. Whoever moves it out of this state gives the place back.</summary>
    Queued,

    /// <summary>A worker runs it.</summary>
    Running,

    /// <summary>Somebody won the right to write its outcome. Nobody else may.</summary>
    Ended,

    /// <summary>Has a place in the intake, and waits for other tasks of its key. Whoever moves it to Ended gives the place back.</summary>
    Parked,

    /// <summary>Has a place in the waiting line, and waits for other tasks of its key to come out of it.</summary>
    ParkedWaiting,
}

/// <summary>
/// A cell's whole state in one word, for one compare-and-set: the task's id, a flag, the state. Ids are never used twice, so a move
/// that was prepared for one task fails on the next task of the same cell.
/// </summary>
internal static class CellWord
{
    private const long StateMask = 0x7;
    private const long CancelFlag = 0x8;
    private const int IdShift = 8;

    public static long Of(long id, CellState state) => (id << IdShift) | (byte)state;

    public static CellState StateOf(long word) => (CellState)(word & StateMask);

    public static long IdOf(long word) => (long)((ulong)word >> IdShift);

    public static long With(long word, CellState state) => (word & ~StateMask) | (byte)state;

    public static long WithCancel(long word) => word | CancelFlag;

    public static bool IsCancelRequested(long word) => (word & CancelFlag) != 0;
}
