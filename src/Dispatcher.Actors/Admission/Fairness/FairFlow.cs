namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// A tenant's line in a <see cref="FairQueue{T}"/>. Many threads append to it; only the one that holds its turn takes from it, and it has
/// exactly one turn, on its way round or in somebody's hand, while it has tasks: whoever appends to an empty line begins it, whoever empties the line
/// ends it.
/// </summary>
internal sealed class FairFlow
{
    /// <summary>No place.</summary>
    public const int None = -1;

    /// <summary>Makes an empty line.</summary>
    /// <param name="weight">How many tasks are served at its turn.</param>
    /// <param name="credit">How many may be served ahead of the round.</param>
    public FairFlow(int weight, int credit)
    {
        Weight = weight;
        Credit = credit;
    }

    /// <summary>The place of its newest task.</summary>
    public int Tail = None;

    /// <summary>The place of its oldest task. This and the next five: only for the holder of the turn and the one who begins it.</summary>
    public int Head = None;

    /// <summary>How many more tasks are served at this turn.</summary>
    public int Left;

    /// <summary>The round in which its turn is due.</summary>
    public long Round;

    /// <summary>How many tasks may be served ahead of the round: what it did not ask for of its share, up to a bound.</summary>
    public long Credit;

    /// <summary>Up to which round its credit is counted.</summary>
    public long CountedTo;

    /// <summary>Whether the turn is one ahead of the round.</summary>
    public bool IsAhead;

    /// <summary>How many tasks are served at its turn.</summary>
    public int Weight { get; }

    /// <summary>Whether it has no tasks, tombstones included.</summary>
    public bool IsEmpty => Volatile.Read(ref Tail) == None;
}
