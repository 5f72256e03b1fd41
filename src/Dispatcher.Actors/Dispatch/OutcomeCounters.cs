namespace Dispatcher.Actors.Dispatch;

/// <summary>How many tasks ended how. Completed ones are counted by the workers, each in a place of its own; these are the rarer ends.</summary>
internal sealed class OutcomeCounters
{
    private readonly long[] _byKind = new long[Enum.GetValues<OutcomeKind>().Length];
    private readonly long[] _byReason = new long[Enum.GetValues<RejectReason>().Length];

    /// <summary>How many ended in any way but Completed.</summary>
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

    /// <summary>How many ended so.</summary>
    /// <param name="kind">The kind of outcome, not Completed.</param>
    public long Of(OutcomeKind kind) => Volatile.Read(ref _byKind[(int)kind]);

    /// <summary>How many were rejected for a reason.</summary>
    /// <param name="reason">The reason.</param>
    public long Of(RejectReason reason) => Volatile.Read(ref _byReason[(int)reason]);
}
