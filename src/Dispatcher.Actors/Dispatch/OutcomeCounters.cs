namespace Dispatcher.Actors.Dispatch;

/// <summary>How many tasks ended how. Completed ones are counted by the workers, each in a place of its own; these are the rarer ends.</summary>
internal sealed class OutcomeCounters
{
    private readonly long[] _byKind = new long[Enum.GetValues<OutcomeKind>().Length];
    private readonly long[] _byReason = new long[Enum.GetValues<RejectReason>().Length];

    private long _fellBack;

    /// <summary>How many were answered by a fallback handler; they count as Completed here.</summary>
    public long FellBack => Volatile.Read(ref _fellBack);

    /// <summary>How many ended in any way but by the return of their own handler.</summary>
    public long Total
    {
        get
        {
            long sum = 0;
            for (int kind = 0; kind < _byKind.Length; kind++)
                sum += Of((OutcomeKind)kind);
            return sum;
        }
    }

    /// <summary>Counts an outcome other than Completed.</summary>
    /// <param name="detail">The outcome.</param>
    public void Count(OutcomeDetail detail)
    {
        Interlocked.Increment(ref _byKind[(int)detail.Kind]);
        if (detail is Rejected rejected)
            Interlocked.Increment(ref _byReason[(int)rejected.Reason]);
    }

    /// <summary>Counts a task that a fallback handler has answered.</summary>
    public void CountFallback()
    {
        Interlocked.Increment(ref _byKind[(int)OutcomeKind.Completed]);
        Interlocked.Increment(ref _fellBack);
    }

    /// <summary>A refusal that was counted was answered by a fallback handler.</summary>
    /// <param name="refusal">The refusal.</param>
    public void Recount(OutcomeDetail refusal)
    {
        CountFallback();
        Interlocked.Decrement(ref _byKind[(int)refusal.Kind]);
        if (refusal is Rejected rejected)
            Interlocked.Decrement(ref _byReason[(int)rejected.Reason]);
    }

    /// <summary>How many ended so.</summary>
    /// <param name="kind">The kind of outcome; with Completed those that a fallback handler answered.</param>
    public long Of(OutcomeKind kind) => Volatile.Read(ref _byKind[(int)kind]);

    /// <summary>How many were rejected for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public long Of(RejectReason reason) => Volatile.Read(ref _byReason[(int)reason]);
}
