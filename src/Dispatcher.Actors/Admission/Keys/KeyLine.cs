namespace Dispatcher.Actors.Admission.Keys;

/// <summary>
/// The tasks of one key, in the order in which they came: those that have their turn, then those that wait for it. Every task takes itself out when it
/// has its outcome, and nobody else does. Used under the lock of its shard.
/// </summary>
internal sealed class KeyLine
{
    private KeyLink? _last;
    private KeyLink? _nextTurn;
    private int _turns;

    /// <summary>Whether nobody is there.</summary>
    public bool IsEmpty => _last == null;

    /// <summary>Adds a task at the end.</summary>
    /// <param name="link">The task.</param>
    public void Append(KeyLink link)
    {
        link.Line = this;
        link.Before = _last;
        if (_last != null)
            _last.Next = link;
        _last = link;
        _nextTurn ??= link;
    }

    /// <summary>Takes a task out.</summary>
    /// <param name="link">The task.</param>
    public void Remove(KeyLink link)
    {
        if (link.HasTurn)
            _turns--;
        if (_nextTurn == link)
            _nextTurn = link.Next;
        if (link.Before != null)
            link.Before.Next = link.Next;
        if (link.Next != null)
            link.Next.Before = link.Before;
        else
            _last = link.Before;
    }

    /// <summary>Gives a task its turn, if it is next and there is one to give.</summary>
    /// <param name="link">The task.</param>
    /// <param name="limit">How many may have their turn.</param>
    public bool TryGiveTurn(KeyLink link, int limit)
    {
        if (_nextTurn != link || _turns >= limit)
            return false;
        link.HasTurn = true;
        _turns++;
        _nextTurn = link.Next;
        return true;
    }

    /// <summary>The one that is next, if there is a turn to give.</summary>
    /// <param name="limit">How many may have their turn.</param>
    public KeyLink? Candidate(int limit) => _turns < limit ? _nextTurn : null;

    /// <summary>Whether the next one before a task that has no outcome yet is without a place in the intake.</summary>
    /// <param name="link">The task.</param>
    public static bool IsBehindOneWithoutPlace(KeyLink link)
    {
        KeyLink? before = link.Before;
        // One that has ended takes itself out in a moment; it is not in anybody's way.
        while (before is { State: Dispatch.CellState.Ended })
            before = before.Before;
        return before is { IsWithoutPlace: true };
    }
}
