using Dispatcher.Actors.Telemetry;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Dispatch;

/// <summary>What a pool logs about single tasks, kept from flooding the log.</summary>
internal sealed class TaskLog
{
    private readonly string _pool;
    private readonly ILogger _logger;
    private readonly Clock _clock;
    private readonly LogThrottle _failures;
    private readonly LogThrottle _abandoned;
    private readonly LogThrottle _heldBack;

    /// <summary>Makes a log.</summary>
    /// <param name="pool">The pool's name.</param>
    /// <param name="logger">Where it logs.</param>
    /// <param name="clock">The pool's time.</param>
    public TaskLog(string pool, ILogger logger, Clock clock)
    {
        _pool = pool;
        _logger = logger;
        _clock = clock;
        IsOn = logger.IsEnabled(LogLevel.Warning);
        _failures = new LogThrottle(clock.Provider.TimestampFrequency);
        _abandoned = new LogThrottle(clock.Provider.TimestampFrequency);
        _heldBack = new LogThrottle(clock.Provider.TimestampFrequency);
    }

    /// <summary>Whether anything is logged, as it was when the pool started: callers' trace ids are kept for it.</summary>
    public bool IsOn { get; }

    /// <summary>Who else hears of failed and abandoned tasks; null for nobody. Set before the pool starts.</summary>
    public IPoolAlarm? Alarm { get; set; }

    /// <summary>Notes the outcome of a task, if it is one of those that are logged.</summary>
    /// <param name="cell">The task.</param>
    /// <param name="detail">Its outcome.</param>
    public void Note(TaskCell cell, OutcomeDetail detail)
    {
        long suppressed;
        switch (detail)
        {
            case Failed failed when IsOn && _failures.TryTake(_clock.Now, out suppressed):
                _logger.TaskFailed(_pool, cell.Route.TaskType.Name, IdOf(cell), failed.Attempts, failed.ErrorClass, TraceOf(cell), suppressed, failed.Error);
                break;
            case Abandoned abandoned when IsOn && _abandoned.TryTake(_clock.Now, out suppressed):
                _logger.TaskAbandoned(_pool, cell.Route.TaskType.Name, IdOf(cell), cell.Attempt, TraceOf(cell), abandoned.Why, suppressed);
                break;
            default:
                break;
        }

        if (Alarm is { } alarm && detail is Failed or Abandoned)
            alarm.OnEnded(cell, detail);
    }

    /// <summary>Notes that a failed task is not tried again for want of room, and not by its policy.</summary>
    /// <param name="cell">The task, which is the caller's.</param>
    /// <param name="failed">What it failed with.</param>
    /// <param name="why">What there is no room in.</param>
    public void NoteRetryHeldBack(TaskCell cell, Failed failed, string why)
    {
        if (IsOn && _heldBack.TryTake(_clock.Now, out long suppressed))
            _logger.RetryHeldBack(_pool, cell.Route.TaskType.Name, IdOf(cell), failed.Attempts, failed.ErrorClass, why, suppressed);
    }

    /// <summary>The trace of a task, for messages; null for none.</summary>
    /// <param name="cell">The task.</param>
    public static string? TraceOf(TaskCell cell) => cell.Extras?.Trace is { } trace && trace != default ? trace.TraceId.ToString() : null;

    private static string IdOf(TaskCell cell) => new TaskId(cell.Id).ToString();
}
