using Dispatcher.Actors.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Alerts;

/// <summary>Alerts as lines of the log.</summary>
internal sealed class LogChannel(ILogger logger, IReadOnlyList<AlertLevel> levels) : IAlertChannel
{
    /// <inheritdoc/>
    public string Name => "log";

    /// <inheritdoc/>
    public void Send(Alert alert)
    {
        if (!levels.Contains(alert.Level))
            return;
        LogLevel severity = SeverityOf(alert.Level);
        switch (alert.State)
        {
            case AlertState.Raised:
                logger.AlertRaised(severity, alert.Level, alert.Event, alert.Text, alert.Pool, alert.Subject, alert.ErrorClass, alert.TraceId, alert.Rule, alert.RespondBy);
                break;
            case AlertState.Repeated:
                logger.AlertRepeated(severity, alert.Level, alert.Event, alert.Count, alert.Text, alert.Pool, alert.Subject, alert.ErrorClass, alert.FirstAt);
                break;
            default:
                logger.AlertEnded(alert.Level, alert.Event, alert.Text, alert.Pool, alert.Subject, alert.FirstAt);
                break;
        }
    }

    private static LogLevel SeverityOf(AlertLevel level) => level switch
    {
        AlertLevel.P0 => LogLevel.Critical,
        AlertLevel.P1 => LogLevel.Error,
        _ => LogLevel.Warning,
    };
}
