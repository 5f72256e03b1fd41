namespace Dispatcher.Actors.Admission.Limits;

/// <summary>
/// Counts tasks that are in and lets no more in than its limit allows. Lock-free. The limit may change at any time; those who are in when it
/// shrinks stay, and nobody comes in until enough have left.
/// </summary>
internal sealed class ConcurrencyLimiter
{
    private readonly double _headroom;
    private readonly int[] _byClass = new int[PriorityOrder.Classes];
    private PaddedCounter _inFlight;
    private long _least;
    private long _most;
    private bool _hasRefused;

    /// <summary>Makes a limiter.</summary>
    /// <param name="settings">The limit, validated.</param>
    public ConcurrencyLimiter(ConcurrencySettings settings)
    {
        Refusal = new Rejected(RejectReason.ConcurrencyLimited, settings.RetryAfter);
        _headroom = settings.Headroom;
        SetLimit(settings.Limit);
    }

    /// <summary>How many may be in, all classes together.</summary>
    public int Limit => Volatile.Read(ref _byClass[0]);

    /// <summary>How many are in.</summary>
    public int InFlight => (int)Volatile.Read(ref _inFlight.Value);

    /// <summary>What a refused task is told.</summary>
    public Rejected Refusal { get; }

    /// <summary>Sets the limit.</summary>
    /// <param name="limit">How many may be in, at least 1.</param>
    public void SetLimit(int limit)
    {
        for (int c = 0; c < _byClass.Length; c++)
            Volatile.Write(ref _byClass[c], Math.Max(1, limit - (int)(c * _headroom * limit)));
    }

    /// <summary>Lets one in.</summary>
    /// <param name="priority">Its class: the less urgent ones leave room for the others.</param>
    /// <returns>Whether there was room. Each true needs one <see cref="Exit"/>.</returns>
    public bool TryEnter(TaskPriority priority)
    {
        ref int limit = ref _byClass[(int)priority];
        long seen = Volatile.Read(ref _inFlight.Value);
        while (seen < Volatile.Read(ref limit))
        {
            long before = Interlocked.CompareExchange(ref _inFlight.Value, seen + 1, seen);
            if (before == seen)
            {
                // Statistics, as in Exit: of two threads at once, either may win.
                if (seen >= Volatile.Read(ref _most))
                    Volatile.Write(ref _most, seen + 1);
                return true;
            }

            seen = before;
        }


        if (!Volatile.Read(ref _hasRefused))
            Volatile.Write(ref _hasRefused, true);
        return false;
    }

    /// <summary>Lets one out.</summary>
    public void Exit()
    {
        long left = Interlocked.Decrement(ref _inFlight.Value);
        if (left < Volatile.Read(ref _least))
            Volatile.Write(ref _least, left);
    }

    /// <summary>The most that were in since the last call. For one caller.</summary>
    public int TakeMost()
    {
        long inFlight = Volatile.Read(ref _inFlight.Value);
        return (int)Math.Max(inFlight, Interlocked.Exchange(ref _most, inFlight));
    }

    /// <summary>The fewest that were in since the last call. For one caller.</summary>
    public int TakeLeast()
    {
        long inFlight = Volatile.Read(ref _inFlight.Value);
        return (int)Math.Max(0, Math.Min(inFlight, Interlocked.Exchange(ref _least, inFlight)));
    }

    /// <summary>Whether anybody was kept out since the last call. For one caller.</summary>
    public bool TakeRefused() => Interlocked.Exchange(ref _hasRefused, false);
}
