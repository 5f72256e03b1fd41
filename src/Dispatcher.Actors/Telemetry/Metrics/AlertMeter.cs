using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>The alerts' metrics: of all actor systems that share a meter.</summary>
internal sealed class AlertMeter
{
    private readonly TelemetryFaults _faults;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _lost;

    /// <summary>Makes their instruments.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="faults">Where it is counted that a listener throws.</param>
    public AlertMeter(Meter meter, TelemetryFaults faults)
    {
        _faults = faults;
        _sent = meter.CreateCounter<long>(MetricNames.AlertsSent, MetricNames.Alerts, "Alerts sent to their channels, by level and state.");
        _lost = meter.CreateCounter<long>(MetricNames.AlertsLost, MetricNames.Alerts, "Alerts that did not get through a channel, by level and channel.");
    }

    /// <summary>Counts an alert.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="state">Its state.</param>
    public void CountSent(AlertLevel level, AlertState state) => _sent.Count(_faults, new(MetricNames.Level, level.ToString()), new(MetricNames.State, state.ToString()));

    /// <summary>Counts an alert that did not arrive.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="channel">The channel that it did not get through.</param>
    public void CountLost(AlertLevel level, string channel) => _lost.Count(_faults, new(MetricNames.Level, level.ToString()), new(MetricNames.Channel, channel));
}
