namespace Dispatcher.Actors.Admission.Keys;

/// <summary>
/// Parked tasks of one class, the oldest first. Changed under the lock of their shard; read by anyone without it. A reader misses none that was parked
/// before it began: a removed one keeps its way on to those that were behind it.
/// </summary>
internal sealed class ParkedList
{
    private ParkedTask? _first;
    private ParkedTask? _last;

    /// <summary>The oldest.</summary>
    public ParkedTask? First => Volatile.Read(ref _first);

    /// <summary>Adds one at the end.</summary>
    /// <param name="parked">The one.</param>
    public void Add(ParkedTask parked)
    {
        parked.Before = _last;
        if (_last == null)
            Volatile.Write(ref _first, parked);
        else
            _last.Next = parked;
        _last = parked;
    }

    /// <summary>Takes one out.</summary>
    /// <param name="parked">The one.</param>
    public void Remove(ParkedTask parked)
    {
        ParkedTask? next = parked.Next;
        if (parked.Before == null)
            Volatile.Write(ref _first, next);
        else
            parked.Before.Next = next;
        if (next == null)
            _last = parked.Before;
        else
            next.Before = parked.Before;
    }
}
