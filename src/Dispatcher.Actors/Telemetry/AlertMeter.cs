using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Telemetry;

/// <summary>The alerts' metrics.</summary>
internal static class AlertMeter
{
    private static readonly Meter s_meter = new("Dispatcher.Actors");

    private static readonly Counter<long> s_sent = s_meter.CreateCounter<long>("dispatcher.alert.sent", "{alert}", "Alerts sent to their channels, by level and state.");

    private static readonly Counter<long> s_lost = s_meter.CreateCounter<long>("dispatcher.alert.lost", "{alert}", "Alerts that did not reach the webhook.");

    /// <summary>Counts an alert.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="state">Its state.</param>
    public static void CountSent(AlertLevel level, AlertState state) => s_sent.Add(1, new("level", level.ToString()), new("state", state.ToString()));

    /// <summary>Counts an alert that did not arrive.</summary>
    /// <param name="level">Its level.</param>
    public static void CountLost(AlertLevel level) => s_lost.Add(1, new KeyValuePair<string, object?>("level", level.ToString()));
}
