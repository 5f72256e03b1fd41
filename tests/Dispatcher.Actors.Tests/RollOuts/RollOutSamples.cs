using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Tests.RollOuts;

/// <summary>Made-up figures of versions.</summary>
internal static class RollOutSamples
{
    public static readonly RollOutSettings Settings = new() { Share = 0.05, MinimumSamples = 50, FalseAlarm = 0.01, ErrorMargin = 0.01, LatencyMargin = 0.25 };

    /// <summary>A version whose calls take as long as a function says.</summary>
    public static VersionCounts Counts(long errors, int returned, Func<int, double> millis)
    {
        HistogramSnapshot times = new();
        for (int i = 0; i < returned; i++)
            times.Add(LogLinearScale.IndexOf((long)(millis(i) * TimeSpan.TicksPerMillisecond)), 1);
        return new VersionCounts(errors, times);
    }

    /// <summary>A version whose calls all take 10 ms.</summary>
    public static VersionCounts Counts(long errors, int returned) => Counts(errors, returned, static _ => 10);
}
