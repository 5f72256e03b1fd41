using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Telemetry;

/// <summary>What alerts log, with stable event ids.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(EventId = 1101, Message = "Alert {Level} {Event}: {Text} (pool {Pool}, {Subject}, error class {ErrorClass}, trace {TraceId}, rule {Rule}); respond by {RespondBy}")]
    public static partial void AlertRaised(
        this ILogger logger, LogLevel severity, AlertLevel level, AlertEvent @event, string text, string? pool, string? subject, string? errorClass, string? traceId, string rule,
        DateTimeOffset respondBy);

    [LoggerMessage(EventId = 1102, Message = "Alert {Level} {Event}, {Count} time(s) in the last window: {Text} (pool {Pool}, {Subject}, error class {ErrorClass}), first at {FirstAt}")]
    public static partial void AlertRepeated(
        this ILogger logger, LogLevel severity, AlertLevel level, AlertEvent @event, long count, string text, string? pool, string? subject, string? errorClass, DateTimeOffset firstAt);

    [LoggerMessage(1103, LogLevel.Information, "Alert {Level} {Event} has ended: {Text} (pool {Pool}, {Subject}), first at {FirstAt}")]
    public static partial void AlertEnded(this ILogger logger, AlertLevel level, AlertEvent @event, string text, string? pool, string? subject, DateTimeOffset firstAt);

    [LoggerMessage(1104, LogLevel.Error, "Alert {Level} {Event} did not reach the webhook at {Host}: {Why}; {Suppressed} more like it were not logged, {Lost} lost so far")]
    public static partial void AlertLost(this ILogger logger, AlertLevel level, AlertEvent @event, string host, string why, long suppressed, long lost);
}
