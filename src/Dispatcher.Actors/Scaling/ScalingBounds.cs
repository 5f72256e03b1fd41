namespace Dispatcher.Actors.Scaling;

/// <summary>The fewest and the most workers of a pool.</summary>
/// <param name="Min">The fewest, at least 1.</param>
/// <param name="Max">The most, at least <paramref name="Min"/>.</param>
internal readonly record struct ScalingBounds(int Min, int Max)
{
    /// <summary>The nearest size inside.</summary>
    /// <param name="workers">Any number.</param>
    public int Clamp(double workers) => (int)Math.Clamp(workers, Min, Max);
}
