using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Telemetry;

/// <summary>What pools log, with stable event ids.</summary>
internal static partial class PoolLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Pool {Pool}: handler {Handler} could not be disposed of")]
    public static partial void HandlerNotDisposed(this ILogger logger, string pool, string handler, Exception error);

    [LoggerMessage(1002, LogLevel.Information, "Pool {Pool} has drained; {Unfinished} task(s) did not finish")]
    public static partial void Drained(this ILogger logger, string pool, int unfinished);

    [LoggerMessage(1010, LogLevel.Information, "Pool {Pool}: {From} -> {To} workers ({Policy}, {Rule}): {Reason}")]
    public static partial void Scaled(this ILogger logger, string pool, int from, int to, string policy, ScalingRule rule, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "Pool {Pool}: {Doubt}")]
    public static partial void TargetInDoubt(this ILogger logger, string pool, string doubt);

    [LoggerMessage(1003, LogLevel.Warning, "Pool {Pool}: {Task} was abandoned by the stop")]
    public static partial void Unfinished(this ILogger logger, string pool, string task);

    [LoggerMessage(1004, LogLevel.Warning, "Pool {Pool}: handler {Handler} could not be made for a worker; its next task tries again")]
    public static partial void HandlerNotMade(this ILogger logger, string pool, string handler, Exception error);

    [LoggerMessage(1010, LogLevel.Warning, "Pool {Pool}: {Change}")]
    public static partial void BreakerChanged(this ILogger logger, string pool, string change);

    [LoggerMessage(1011, LogLevel.Error, "Pool {Pool}: the fallback handler of {Task} failed")]
    public static partial void FallbackFailed(this ILogger logger, string pool, string task, Exception error);

    [LoggerMessage(1012, LogLevel.Debug, "Pool {Pool}: concurrency limit {Before} -> {Limit} ({Reason})")]
    public static partial void LimitChanged(this ILogger logger, string pool, int before, int limit, string reason);
}
