using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.RollOuts;

/// <summary>What a version did in a span of time.</summary>
/// <param name="Errors">Calls that failed.</param>
/// <param name="Returned">How long those took that returned.</param>
internal readonly record struct VersionCounts(long Errors, HistogramSnapshot Returned)
{
    /// <summary>The part of a duration's distribution that is compared.</summary>
    public const double Quantile = 0.99;

    /// <summary>All of them.</summary>
    public long Calls => Errors + Returned.Count;

    /// <summary>The share of calls that failed; 0 without calls.</summary>
    public double ErrorRate => Calls == 0 ? 0 : (double)Errors / Calls;

    /// <summary>The 99th percentile of the durations.</summary>
    public TimeSpan P99 => Returned.Quantile(Quantile);

    /// <summary>A copy for people.</summary>
    public VersionFigures ToFigures() => new(Calls, Errors, Returned.Quantile(0.5), P99);
}
