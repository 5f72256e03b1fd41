namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// Tells a standing queue from a burst by the shortest wait of an interval. While the queue stands, tasks that have waited more than twice the
/// target are shed, and newer ones are served: their callers are still there. Lock-free; reads two words for most tasks.
/// Where the newest are served first, few of the old are left, and by chance there is none for a moment, overload or not. So there it stands until, at most of
/// the takes of an interval, nobody in the queue has waited for half the target.
/// Sources: K. Nichols, V. Jacobson, "Controlling Queue Delay" (RFC 8289); B. Maurer, "Fail at Scale" (ACM Queue 13-8).
/// </summary>
internal sealed class CoDel
{
    private readonly long _interval;
    private readonly long _target;
    private readonly bool _newestFirst;
    private long _end;
    private long _shortest = long.MaxValue;
    private int _taken;
    private int _drained;
    private volatile bool _stands;

    /// <summary>Makes a watch over an empty queue.</summary>
    /// <param name="settings">The settings, validated.</param>
    /// <param name="time">Where timestamps come from.</param>
    public CoDel(CoDelSettings settings, TimeProvider time)
    {
        _newestFirst = settings.NewestFirst;
        _interval = (long)(settings.Interval.TotalSeconds * time.TimestampFrequency);
        _target = (long)(settings.Target.TotalSeconds * time.TimestampFrequency);
        _end = time.GetTimestamp() + _interval;
    }

    /// <summary>Whether the newest are to be served first: they are where the queue stands.</summary>
    public bool IsNewestFirst => _newestFirst && _stands;

    /// <summary>
    /// Whether the queue stands. Forgotten when nothing was taken for an interval: the queue may
    /// be empty since, and its class shed because of it.
    /// </summary>
    /// <param name="now">The time, a timestamp.</param>
    public bool Stands(long now) => _stands && now - Volatile.Read(ref _end) < _interval;

    /// <summary>Whether a task that has waited for so long is too old to be served from a queue that stands.</summary>
    /// <param name="wait">How long, in timestamp units.</param>
    public bool IsTooOld(long wait) => wait > 2 * _target;

    /// <summary>Decides about a task that a worker has taken from the queue.</summary>
    /// <param name="wait">How long it has waited, in timestamp units.</param>
    /// <param name="longest">How long the oldest one has waited, if that is another one; what tells whether the queue stands.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="isShed">Whether tasks like this are shed at the door: then newer ones are at hand, whether the queue stands or not.</param>
    public QueueDecision OnTaken(long wait, long longest, long now, bool isShed)
    {
        if (now >= Volatile.Read(ref _end))
            Close(now);
        if (IsNewestFirst)
            NoteOldest(Math.Max(wait, longest));
        else
            Note(wait);
        return IsTooOld(wait) && (_stands || isShed) ? QueueDecision.Shed : QueueDecision.Serve;
    }

    /// <summary>A worker has found the queue empty: nothing stands.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public void OnEmpty(long now)
    {
        if (now >= Volatile.Read(ref _end))
            Close(now);
        if (!IsNewestFirst)
            Note(0);
    }

    // Race: a wait noted between the exchange of the end and that of the shortest counts for the older interval. One wait more or less.
    private void Close(long now)
    {
        long end = Volatile.Read(ref _end);
        if (now < end || Interlocked.CompareExchange(ref _end, now + _interval, end) != end)
            return;
        long shortest = Interlocked.Exchange(ref _shortest, long.MaxValue);
        int taken = Interlocked.Exchange(ref _taken, 0);
        int drained = Interlocked.Exchange(ref _drained, 0);
        _stands = IsNewestFirst ? taken > 0 && drained <= taken / 2 : shortest != long.MaxValue && shortest > (_stands ? _target / 2 : _target);
    }

    private void NoteOldest(long longest)
    {
        Interlocked.Increment(ref _taken);
        if (longest <= _target / 2)
            Interlocked.Increment(ref _drained);
    }

    private void Note(long wait)
    {
        long seen = Volatile.Read(ref _shortest);
        while (wait < seen)
        {
            long before = Interlocked.CompareExchange(ref _shortest, wait, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
