namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// Where a task's cell is. Moves only along Free, Waiting or Queued, Running, Ended, Free; a retry goes from Running by Delayed back to Running. One with a key
/// may be parked before it is Waiting, and before it is Queued.
/// </summary>
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

    /// <summary>Failed, and waits for its next run outside the intake. Whoever moves it out of this state gives its place among those up.</summary>
    Delayed,

    /// <summary>Somebody won the right to write its outcome. Nobody else may.</summary>
    Ended,

    /// <summary>Has a place in the intake, and waits for other tasks of its key. Whoever moves it to Ended gives the place back.</summary>
    Parked,

    /// <summary>Has a place in the waiting line, and waits for other tasks of its key to come out of it.</summary>
    ParkedWaiting,
}

/// <summary>
/// A cell's whole state in one word, for one compare-and-set: the task's id, the number of its run, two flags, the state. Ids are never used
/// twice, and a run's number grows with each retry, so no word comes back: a move that was prepared for one run of one task fails on any later one.
/// </summary>
internal static class CellWord
{
    /// <summary>How many runs the word can tell apart: more than settings allow, attempts and crashes together.</summary>
    public const int MaxRuns = 128;

    private const long StateMask = 0x7;
    private const long CancelFlag = 0x8;
    private const long TryOverFlag = 0x10;
    private const int RunShift = 5;
    private const long RunMask = (MaxRuns - 1) << RunShift;
    private const int IdShift = 12;

    public static long Of(long id, CellState state) => (id << IdShift) | (byte)state;

    public static CellState StateOf(long word) => (CellState)(word & StateMask);

    public static long IdOf(long word) => (long)((ulong)word >> IdShift);

    /// <summary>A task's id together with the number of its run: what a handler knows of the task, so that one that is left behind meets no later run.</summary>
    public static long RunIdOf(long word) => (long)((ulong)word >> RunShift);

    public static int RunOfRunId(long runId) => (int)(runId & (MaxRuns - 1));

    public static long IdOfRunId(long runId) => (long)((ulong)runId >> (IdShift - RunShift));

    /// <summary>The word of a run that nobody has asked to stop.</summary>
    public static long OfRunId(long runId, CellState state) => (runId << RunShift) | (byte)state;

    public static int RunOf(long word) => (int)((word & RunMask) >> RunShift);

    public static long With(long word, CellState state) => (word & ~StateMask) | (byte)state;

    public static long WithCancel(long word) => word | CancelFlag;

    public static bool IsCancelRequested(long word) => (word & CancelFlag) != 0;

    public static long WithTryOver(long word) => word | TryOverFlag;

    public static bool IsTryOver(long word) => (word & TryOverFlag) != 0;

    /// <summary>Whether the running handler was asked to stop, for good or because its try has taken too long.</summary>
    public static bool IsStopRequested(long word) => (word & (CancelFlag | TryOverFlag)) != 0;

    /// <summary>Whether this is the first run and nobody has asked for its end.</summary>
    public static bool IsPlain(long word) => (word & (CancelFlag | TryOverFlag | RunMask)) == 0;

    /// <summary>The next run, which waits for its time.</summary>
    public static long NextRun(long word) => ((word & ~(StateMask | TryOverFlag)) + (1L << RunShift)) | (byte)CellState.Delayed;
}
