using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>Instruments whose listeners may throw: whoever measures goes on.</summary>
internal static class InstrumentExtensions
{
    /// <summary>Adds one.</summary>
    /// <param name="counter">The instrument.</param>
    /// <param name="faults">Where it is counted that a listener throws.</param>
    /// <param name="tags">The attributes.</param>
    public static void Count(this Counter<long> counter, TelemetryFaults faults, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception)
        {
            faults.Count(TelemetrySink.Metrics);
        }
    }

    /// <summary>Records a duration.</summary>
    /// <param name="histogram">The instrument.</param>
    /// <param name="faults">Where it is counted that a listener throws.</param>
    /// <param name="seconds">The duration.</param>
    /// <param name="tags">The attributes.</param>
    public static void Record(this Histogram<double> histogram, TelemetryFaults faults, double seconds, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            histogram.Record(seconds, tags);
        }
        catch (Exception)
        {
            faults.Count(TelemetrySink.Metrics);
        }
    }
}
