namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// The tasks of a pool that wait for their moment at a rate limit. A task counts here until the door has counted it. One lock, held for a few instructions and never while
/// code of others runs; tasks that need not wait never come near it.
/// </summary>
internal sealed class PacedTasks
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PacedTask> _waiting = [];
    private OutcomeDetail? _over;
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>A task begins to wait. It counts from now on, in any case.</summary>
    /// <param name="place">Its place.</param>
    /// <returns>Null, or why nobody may wait here any more: then it has to end for this.</returns>
    public OutcomeDetail? Enter(LinkedListNode<PacedTask> place)
    {
        Interlocked.Increment(ref _count);
        lock (_gate)
        {
            if (_over == null)
                _waiting.AddLast(place);
            return _over;
        }
    }

    /// <summary>A task does not wait any more.</summary>
    /// <param name="place">Its place.</param>
    public void Remove(LinkedListNode<PacedTask> place)
    {
        lock (_gate)
        {
            if (place.List != null)
                _waiting.Remove(place);
        }
    }

    /// <summary>A task that waited was counted at the door.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);

    /// <summary>The pool stops: who waits ends, and nobody may wait from now on.</summary>
    /// <param name="reason">The outcome.</param>
    public void End(OutcomeDetail reason)
    {
        PacedTask[] waiting;
        lock (_gate)
        {
            _over = reason;
            waiting = [.. _waiting];
        }

        foreach (PacedTask task in waiting)
            task.TryEnd(reason);
    }
}
