namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// How long the callers of one type of task go on after their await, by samples; and with it, whether they may do so inside the worker's turn. A way
/// over the thread pool costs about as much as the limit: below it the caller is done before it would have got there, above it the caller would
/// hold up the worker. At most one of 16 may be longer.
/// </summary>
internal sealed class CallerTimes
{
    /// <summary>One of how many is timed.</summary>
    public const int SampleEvery = 16;

    private const int LongWeight = 15;
    private const int ShortBelow = 32;
    private const int MaxScore = 64;

    private readonly long _limitTicks;
    private int _score = MaxScore;

    /// <summary>Makes one that knows nothing yet, and takes callers for long.</summary>
    /// <param name="limitTicks">What is short, in timestamp units; 0 for nothing.</param>
    public CallerTimes(long limitTicks) => _limitTicks = limitTicks;

    /// <summary>Whether callers may go on in the worker's turn.</summary>
    public bool AreShort => Volatile.Read(ref _score) < ShortBelow;

    /// <summary>Whether there is anything to measure.</summary>
    public bool AreOfInterest => _limitTicks != 0;

    /// <summary>Notes a sample. Two at the same moment may count as one.</summary>
    /// <param name="ticks">How long a caller went on, in timestamp units.</param>
    public void Note(long ticks)
    {
        int score = Volatile.Read(ref _score);
        score = ticks > _limitTicks ? Math.Min(MaxScore, score + LongWeight) : Math.Max(0, score - 1);
        Volatile.Write(ref _score, _limitTicks == 0 ? MaxScore : score);
    }
}
