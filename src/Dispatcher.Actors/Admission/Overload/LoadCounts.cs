namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What came to a pool and what left it.</summary>
internal record struct LoadCounts
{
    /// <summary>Tasks of class P0 that came.</summary>
    public long P0;

    /// <summary>Of class P1.</summary>
    public long P1;

    /// <summary>Of class P2.</summary>
    public long P2;

    /// <summary>Tasks that a handler ran to its end.</summary>
    public long Served;

    /// <summary>How long the handlers of those ran together, in timestamp units.</summary>
    public long Run;

    /// <summary>Tasks that ran out of time.</summary>
    public long Drops;

    /// <summary>The counts since another moment.</summary>
    /// <param name="before">The counts then.</param>
    public readonly LoadCounts Minus(in LoadCounts before) => Plus(before, -1);

    /// <summary>The counts together.</summary>
    /// <param name="other">More counts.</param>
    public readonly LoadCounts Plus(in LoadCounts other) => Plus(other, 1);

    private readonly LoadCounts Plus(in LoadCounts other, int times) => new()
    {
        P0 = P0 + (times * other.P0),
        P1 = P1 + (times * other.P1),
        P2 = P2 + (times * other.P2),
        Served = Served + (times * other.Served),
        Run = Run + (times * other.Run),
        Drops = Drops + (times * other.Drops),
    };
}
