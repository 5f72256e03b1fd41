namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// A tenant's line in a <see cref="FairQueue{T}"/>. Many threads append to it; only the one that holds its turn takes from it, and it has
/// exactly one turn, in a ring or in somebody's hand, while it has tasks.
/// </summary>
internal sealed class FairFlow
{
    /// <summary>No place.</summary>
    public const int None = -1;

    private long _count;

    /// <summary>Makes an empty line.</summary>
    /// <param name="weight">How many tasks are served at its turn.</param>
    /// <param name="credit">How many may be served ahead of the round.</param>
    public FairFlow(int weight, int credit)
    {
        Weight = weight;
        Credit = credit;
    }

    /// <summary>The place of its oldest task. Only for the holder of its turn, and for the one who appends to an empty line.</summary>
    public int Head = None;

    /// <summary>The place of its newest task.</summary>
    public int Tail = None;

    /// <summary>How many more tasks are served at this turn. This and the next four: only for the holder of the turn and the one who begins it.</summary>
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

    /// <summary>Whether it has no tasks, tombstones and those that are being appended included.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Counts a task that is about to be appended.</summary>
    /// <returns>How many there are with it.</returns>
    public long Count() => Interlocked.Increment(ref _count);

    /// <summary>Tasks have been taken.</summary>
    /// <param name="taken">How many.</param>
    /// <returns>How many are left; with 0 the turn is over, and whoever counts the next task begins another.</returns>
    public long Discount(int taken) => Interlocked.Add(ref _count, -taken);
}
