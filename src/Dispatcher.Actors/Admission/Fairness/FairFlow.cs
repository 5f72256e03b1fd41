using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// A tenant's line in a <see cref="FairQueue{T}"/>. Many threads append to it; only the one that holds its turn takes from it, and it has
/// exactly one turn, in a ring or in somebody's hand, while it has tasks.
/// </summary>
internal sealed class FairFlow : KeyEntry
{
    /// <summary>No place.</summary>
    public const int None = -1;

    private const long Closed = long.MinValue / 2;

    private long _count;

    /// <summary>Makes an empty line.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="weight">How many tasks are served at its turn.</param>
    public FairFlow(string tenant, int weight)
        : base(tenant)
    {
        Weight = weight;
    }

    /// <summary>The place of its oldest task. Only for the holder of its turn, and for the one who appends to an empty line.</summary>
    public int Head = None;

    /// <summary>The place of its newest task.</summary>
    public int Tail = None;

    /// <summary>How many more tasks are served at this turn. Only for the holder of the turn.</summary>
    public int Left;

    /// <summary>How many tasks are served at its turn.</summary>
    public int Weight { get; }

    /// <summary>How many tasks it has, those included that are being appended.</summary>
    public long Count => Math.Max(0, Volatile.Read(ref _count));

    /// <summary>Counts a task that is about to be appended.</summary>
    /// <param name="max">How many there may be.</param>
    /// <returns>How many there are with it; 0 if there is no room, less if the line is closed.</returns>
    public long TryCount(int max)
    {
        while (true)
        {
            long seen = Volatile.Read(ref _count);
            if (seen < 0)
                return seen;
            if (seen >= max)
                return 0;
            if (Interlocked.CompareExchange(ref _count, seen + 1, seen) == seen)
                return seen + 1;
        }
    }

    /// <summary>Tasks have been taken.</summary>
    /// <param name="taken">How many.</param>
    /// <returns>How many are left; with 0 the turn is over, and whoever counts the next task begins another.</returns>
    public long Discount(int taken) => Interlocked.Add(ref _count, -taken);

    /// <inheritdoc/>
    public override bool TryClose(long now) => Interlocked.CompareExchange(ref _count, Closed, 0) == 0;
}
