namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// How long workers had nothing to do: from when one of them finds the queue empty until any of them takes a task. Lock-free; a task costs a look at
/// one word.
/// </summary>
internal sealed class DrySpells
{
    private PaddedCounter _since;
    private long _total;
    private long _lacked;
    private volatile bool _lacks;

    /// <summary>Whether a spell is on.</summary>
    public bool IsDry => Volatile.Read(ref _since.Value) != 0;

    /// <summary>A worker has found nothing to do.</summary>
    /// <param name="now">The time, a timestamp; not 0.</param>
    /// <param name="lacks">Whether tasks were kept out before.</param>
    public void OnEmpty(long now, bool lacks)
    {
        // Race: another worker begins the same spell, with what it knows. Figures of the one go with the time of the other, once.
        _lacks = lacks;
        Interlocked.CompareExchange(ref _since.Value, now, 0);
    }

    /// <summary>A worker has taken a task.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public void OnTaken(long now)
    {
        long since = Volatile.Read(ref _since.Value);
        if (since != 0)
            End(since, 0, now);
    }

    /// <summary>The time of all spells since the last call, a running one up to now. For one caller.</summary>
    /// <param name="now">The time, a timestamp; not 0.</param>
    /// <param name="lacked">The time of those before which tasks were kept out.</param>
    public long Take(long now, out long lacked)
    {
        long since = Volatile.Read(ref _since.Value);
        if (since != 0)
            End(since, now, now);
        lacked = Interlocked.Exchange(ref _lacked, 0);
        return Interlocked.Exchange(ref _total, 0);
    }

    // Race: two workers take a task at once, or a look falls between them. The spell is counted by the one who replaces its begin.
    private void End(long since, long next, long now)
    {
        if (Interlocked.CompareExchange(ref _since.Value, next, since) != since || now <= since)
            return;
        Interlocked.Add(ref _total, now - since);
        if (_lacks)
            Interlocked.Add(ref _lacked, now - since);
    }
}
