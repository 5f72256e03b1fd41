namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>
/// A circuit breaker from one change of state to the next, with all that it counts meanwhile. A task keeps the phase that let it in: what it
/// has to say about an older phase is of no interest to a later one.
/// </summary>
internal sealed class BreakerPhase
{
    private const int SuccessShift = 32;

    private long _probes;
    private int _failuresInARow;
    private long _troubledUntil;

    /// <summary>Begins a phase.</summary>
    /// <param name="breaker">The breaker.</param>
    /// <param name="state">Its state.</param>
    /// <param name="until">With Open: when somebody may try, a timestamp.</param>
    /// <param name="window">With Closed: the calls, if there is a rule about them.</param>
    public BreakerPhase(CircuitBreaker breaker, BreakerState state, long until, CallWindow? window)
    {
        Breaker = breaker;
        State = state;
        Until = until;
        Window = window;
    }

    /// <summary>The breaker.</summary>
    public CircuitBreaker Breaker { get; }

    /// <summary>Its state.</summary>
    public BreakerState State { get; }

    /// <summary>With Open: when somebody may try, a timestamp.</summary>
    public long Until { get; }

    /// <summary>With Closed: the calls, if there is a rule about them.</summary>
    public CallWindow? Window { get; }

    /// <summary>With Closed: failures since the last success.</summary>
    public int FailuresInARow => Volatile.Read(ref _failuresInARow);

    /// <summary>With Closed: whether the window may hold a failure or a slow call.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public bool IsTroubled(long now) => Volatile.Read(ref _troubledUntil) > now || FailuresInARow != 0;

    /// <summary>With Closed: notes a failure or a slow call, which the window holds until a time.</summary>
    /// <param name="until">The time, a timestamp.</param>
    public void NoteTrouble(long until) => Volatile.Write(ref _troubledUntil, until);

    /// <summary>With Closed: counts a failure.</summary>
    /// <returns>How many there are in a row.</returns>
    public int CountFailure() => Interlocked.Increment(ref _failuresInARow);

    /// <summary>With Closed: a success ends the row.</summary>
    public void EndRow()
    {
        // Only looked at most of the time: all workers pass here.
        if (FailuresInARow != 0)
            Volatile.Write(ref _failuresInARow, 0);
    }

    /// <summary>With HalfOpen: lets one try.</summary>
    /// <param name="max">How many may at once.</param>
    public bool TryBeginProbe(int max)
    {
        while (true)
        {
            long seen = Volatile.Read(ref _probes);
            if ((int)seen >= max)
                return false;
            if (Interlocked.CompareExchange(ref _probes, seen + 1, seen) == seen)
                return true;
        }
    }

    /// <summary>With HalfOpen: one that tried has ended.</summary>
    /// <param name="succeeded">Whether it succeeded.</param>
    /// <returns>How many have succeeded.</returns>
    public int EndProbe(bool succeeded) =>
        (int)(Interlocked.Add(ref _probes, (succeeded ? 1L << SuccessShift : 0) - 1) >> SuccessShift);
}
