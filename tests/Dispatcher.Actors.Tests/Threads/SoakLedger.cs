namespace Dispatcher.Actors.Tests.Threads;

/// <summary>What became of each task: how often its handler was called, what its caller was told. Each place has one writer at a time.</summary>
internal sealed class SoakLedger(int tasks)
{

    private readonly byte[] _runs = new byte[tasks];
    private readonly OutcomeKind[] _told = new OutcomeKind[tasks];
    private long _count;
    private string? _breach;

    /// <summary>How many callers were told.</summary>
    public long Told => Volatile.Read(ref _count);

    /// <summary>A handler is called.</summary>
    public void OnRun(SoakTask task) => _runs[task.Number]++;

    /// <summary>A caller is told.</summary>
    public void Tell(SoakTask task, OutcomeKind kind)
    {
        if (_told[task.Number] != OutcomeKind.Pending || kind == OutcomeKind.Pending)
            _breach ??= $"Task {task.Number} was told twice: {_told[task.Number]}, {kind}.";
        _told[task.Number] = kind;
        Interlocked.Increment(ref _count);
    }

    /// <summary>Compares what the callers were told with what the pools have counted.</summary>
    /// <param name="pools">The pools, stopped.</param>
    /// <returns>What does not fit; empty when all does.</returns>
    public IReadOnlyList<string> Verify(IReadOnlyList<PoolSnapshot> pools)
    {
        List<string> breaches = [];
        if (_breach != null)
            breaches.Add(_breach);
        Compare("Submitted", tasks, pools.Sum(pool => pool.Submitted));
        Compare("Ended", tasks, pools.Sum(pool => pool.Ended));
        foreach ((OutcomeKind kind, Func<PoolSnapshot, long> counted) in s_kinds)
            Compare($"{kind}", _told.LongCount(told => told == kind), pools.Sum(counted));
        for (int number = 0; number < tasks && breaches.Count < 20; number++)
        {
            bool fits = _told[number] switch
            {
                OutcomeKind.Completed or OutcomeKind.Failed or OutcomeKind.Abandoned => _runs[number] == 1,
                OutcomeKind.Cancelled => _runs[number] <= 1,
                OutcomeKind.Rejected => _runs[number] == 0,
                _ => false,
            };
            if (!fits)
                breaches.Add($"Task {number} ran {_runs[number]} times and its caller was told {_told[number]}.");
        }

        return breaches;

        void Compare(string what, long expected, long counted)
        {
            if (expected != counted)
                breaches.Add($"{what}: {counted} counted, {expected} expected.");
        }
    }

    private static readonly (OutcomeKind Kind, Func<PoolSnapshot, long> Counted)[] s_kinds =
    [
        (OutcomeKind.Completed, static pool => pool.Completed), (OutcomeKind.Failed, static pool => pool.Failed),
        (OutcomeKind.Rejected, static pool => pool.Rejected), (OutcomeKind.Expired, static pool => pool.Expired),
        (OutcomeKind.Cancelled, static pool => pool.Cancelled), (OutcomeKind.Abandoned, static pool => pool.Abandoned),
    ];
}
