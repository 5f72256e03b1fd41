namespace Dispatcher.Actors.Tests.Admission.Overload;

/// <summary>What comes to a simulated pool.</summary>
/// <param name="Times">How much of what it can serve.</param>
/// <param name="WakeMillis">How often the submitter wakes: it submits all that is due at once. Half as much more or less, at random.</param>
internal sealed record OverloadLoad(double Times, double WakeMillis)
{
    public int Processors { get; init; } = 2;

    public double ServiceMillis { get; init; } = 0.05;

    /// <summary>How long the processors go to others now and then; 0 for never.</summary>
    public double StallMillis { get; init; }

    public double StallEveryMillis { get; init; } = 100;

    /// <summary>How much later the submitter wakes every fiftieth time.</summary>
    public double HiccupMillis { get; init; }

    /// <summary>How much of what it can serve comes after two seconds.</summary>
    public double Then { get; init; } = Times;

    /// <summary>What the processors can serve in a millisecond.</summary>
    public double PerMilli => Processors / ServiceMillis;
}
