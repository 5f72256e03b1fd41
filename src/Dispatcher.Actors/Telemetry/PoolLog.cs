using Dispatcher.Actors.Configuration;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Telemetry;

/// <summary>What pools log, with stable event ids.</summary>
internal static partial class PoolLog
{
    [LoggerMessage(1001, LogLevel.Warning, "Pool {Pool}: handler {Handler} could not be disposed of")]
    public static partial void HandlerNotDisposed(this ILogger logger, string pool, string handler, Exception error);

    [LoggerMessage(1002, LogLevel.Information, "Pool {Pool} has drained; {Unfinished} task(s) did not finish")]
    public static partial void Drained(this ILogger logger, string pool, int unfinished);

    [LoggerMessage(1004, LogLevel.Information, "Pool {Pool} has started: {Workers} worker(s), at most {WorkersMax}, {TaskTypes} type(s) of task, a queue of {QueueCapacity}, engine {Engine}")]
    public static partial void PoolStarted(this ILogger logger, string pool, int workers, int workersMax, int taskTypes, int queueCapacity, string engine);

    [LoggerMessage(1005, LogLevel.Information, "Pool {Pool} drains: {Remaining} task(s) to go")]
    public static partial void DrainBegan(this ILogger logger, string pool, long remaining);

    [LoggerMessage(1006, LogLevel.Warning, "Pool {Pool}: {TaskType} {TaskId} failed in attempt {Attempt}, error class {ErrorClass}, trace {TraceId}; {Suppressed} more like it were not logged")]
    public static partial void TaskFailed(
        this ILogger logger, string pool, string taskType, string taskId, int attempt, string errorClass, string? traceId, long suppressed, Exception error);

    [LoggerMessage(1007, LogLevel.Warning, "Pool {Pool}: {TaskType} {TaskId} was abandoned in attempt {Attempt}, trace {TraceId}: {Why}; {Suppressed} more were not logged")]
    public static partial void TaskAbandoned(
        this ILogger logger, string pool, string taskType, string taskId, int attempt, string? traceId, string why, long suppressed);

    [LoggerMessage(1008, LogLevel.Critical, "Pool {Pool} does not start: {Why}")]
    public static partial void StartRefused(this ILogger logger, string pool, string why, Exception? error);

    [LoggerMessage(1024, LogLevel.Warning, "Setting {Setting}")]
    public static partial void SettingDoubted(this ILogger logger, SettingsError setting);

    [LoggerMessage(1009, LogLevel.Warning, "Pool {Pool}: handler {Handler} of {TaskType} has held its worker's thread for {Time} or longer; await instead, or declare it blocking")]
    public static partial void ThreadHeld(this ILogger logger, string pool, string handler, string taskType, TimeSpan time);

    [LoggerMessage(1010, LogLevel.Information, "Pool {Pool}: {From} -> {To} workers ({Policy}, {Rule}): {Reason}")]
    public static partial void Scaled(this ILogger logger, string pool, int from, int to, string policy, ScalingRule rule, string reason);

    [LoggerMessage(1011, LogLevel.Warning, "Pool {Pool}: {Doubt}")]
    public static partial void TargetInDoubt(this ILogger logger, string pool, string doubt);

    [LoggerMessage(1023, LogLevel.Information, "Pool {Pool}: {TaskType} is {Trait}, was {Before}, runs on {Class}: {Reason}")]
    public static partial void Classified(this ILogger logger, string pool, string taskType, TaskTrait trait, TaskTrait before, WorkerClass @class, string reason);

    [LoggerMessage(1021, LogLevel.Warning, "Pool {Pool}: a worker's thread could not be bound to core {Core}, here or on this platform; its workers run on any core")]
    public static partial void ThreadNotBound(this ILogger logger, string pool, int core);

    [LoggerMessage(1025, LogLevel.Warning, "Pool {Pool}: a worker's thread could not be made nicer by {Nice}, here or on this platform; its workers do not give way to others")]
    public static partial void ThreadNotNice(this ILogger logger, string pool, int nice);

    [LoggerMessage(1022, LogLevel.Error, "Pool {Pool}: {What} failed, and begins anew without what it had learned")]
    public static partial void RoundFailed(this ILogger logger, string pool, string what, Exception error);

    [LoggerMessage(1003, LogLevel.Warning, "Pool {Pool}: {Task} was abandoned by the stop")]
    public static partial void Unfinished(this ILogger logger, string pool, string task);

    [LoggerMessage(1015, LogLevel.Warning, "Pool {Pool}: handler {Handler} could not be made for a worker; its next task tries again")]
    public static partial void HandlerNotMade(this ILogger logger, string pool, string handler, Exception error);

    [LoggerMessage(1016, LogLevel.Warning, "Pool {Pool}: a callback on a task's token threw")]
    public static partial void CallbackThrew(this ILogger logger, string pool, Exception error);

    [LoggerMessage(1017, LogLevel.Warning, "Pool {Pool}: {TaskType} {TaskId} was abandoned, its handler is stuck in worker {Worker}; replaced: {IsReplaced} ({Replaced} of {Cap})")]
    public static partial void HandlerStuck(
        this ILogger logger, string pool, string taskType, TaskId taskId, int worker, bool isReplaced, int replaced, int cap);

    [LoggerMessage(1018, LogLevel.Information, "Pool {Pool}: the handler of {TaskType} {TaskId} has come back after its task was abandoned")]
    public static partial void HandlerReturned(this ILogger logger, string pool, string taskType, TaskId taskId);

    [LoggerMessage(1019, LogLevel.Critical, "Pool {Pool} gives itself up: a worker's failure cannot be healed by it")]
    public static partial void GivenUp(this ILogger logger, string pool, Exception error);

    [LoggerMessage(1013, LogLevel.Warning, "Pool {Pool}: {Change}")]
    public static partial void BreakerChanged(this ILogger logger, string pool, string change);

    [LoggerMessage(1014, LogLevel.Error, "Pool {Pool}: the fallback handler of {Task} failed")]
    public static partial void FallbackFailed(this ILogger logger, string pool, string task, Exception error);

    [LoggerMessage(1012, LogLevel.Debug, "Pool {Pool}: concurrency limit {Before} -> {Limit} ({Reason})")]
    public static partial void LimitChanged(this ILogger logger, string pool, int before, int limit, string reason);

    [LoggerMessage(1020, LogLevel.Warning, "Pool {Pool}: {TaskType} {TaskId} is not tried again after attempt {Attempt}, error class {ErrorClass}, although its policy would: {Why}; {Suppressed} more were not logged")]
    public static partial void RetryHeldBack(
        this ILogger logger, string pool, string taskType, string taskId, int attempt, string errorClass, string why, long suppressed);

    [LoggerMessage(1030, LogLevel.Warning, "Pool {Pool}: contract.p99-target of {TaskType} = {Target} cannot be met: {Slow} of {Runs} runs took longer in the handler alone; expected a time that 99 of 100 runs keep")]
    public static partial void ContractInDoubt(this ILogger logger, string pool, string taskType, TimeSpan target, long slow, long runs);

    [LoggerMessage(1031, LogLevel.Information, "Pool {Pool}, {TaskType}: {Version} {FromShare} -> {ToShare} of the tasks: {Reason}")]
    public static partial void RollOutChanged(this ILogger logger, string pool, string taskType, string version, double fromShare, double toShare, string reason);

    [LoggerMessage(1032, LogLevel.Error, "Pool {Pool}, {TaskType}: {Version} is cut off ({Rule}): {Reason}")]
    public static partial void VersionCutOff(this ILogger logger, string pool, string taskType, string version, RollOutRule rule, string reason);
}
