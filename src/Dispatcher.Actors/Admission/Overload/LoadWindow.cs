namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What happened in one stretch of time.</summary>
/// <param name="Load">What came and what left.</param>
/// <param name="Seconds">How long it was; more than 0.</param>
/// <param name="RunSeconds">How long handlers ran, all together.</param>
/// <param name="DrySeconds">How long a worker had nothing to do.</param>
/// <param name="LackedSeconds">How much of that came after the limit had kept tasks out.</param>
internal readonly record struct LoadWindow(LoadCounts Load, double Seconds, double RunSeconds, double DrySeconds, double LackedSeconds)
{
    /// <summary>The share of the time in which a worker had nothing to do, 0 to 1.</summary>
    public double DryShare => Math.Min(1, DrySeconds / Seconds);

    /// <summary>The share in which that came after the limit had kept tasks out.</summary>
    public double LackedShare => Math.Min(1, LackedSeconds / Seconds);

    /// <summary>Both together.</summary>
    /// <param name="other">The stretch before or after.</param>
    public LoadWindow Plus(in LoadWindow other) => new(
        Load.Plus(other.Load), Seconds + other.Seconds, RunSeconds + other.RunSeconds, DrySeconds + other.DrySeconds, LackedSeconds + other.LackedSeconds);
}
