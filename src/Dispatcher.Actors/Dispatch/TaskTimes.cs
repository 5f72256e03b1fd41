namespace Dispatcher.Actors.Dispatch;

/// <summary>A task's options as points in time, read once at the door.</summary>
internal readonly struct TaskTimes
{
    private readonly long _now;
    private readonly long _deadlineAt;

    /// <summary>Reads the options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="clock">The time.</param>
    public TaskTimes(TaskOptions options, Clock clock)
    {
        if (options.Deadline == null && options.DeadlineAt == null)
            return;
        _now = clock.Now;
        long left = options.Deadline is { } relative ? Left(relative, clock) : long.MaxValue / 2;
        if (options.DeadlineAt is { } absolute)
            left = Math.Min(left, Left(absolute - clock.Provider.GetUtcNow(), clock));
        _deadlineAt = _now + left;
        IsOver = left == 0;
    }

    /// <summary>Whether the deadline has passed already.</summary>
    public bool IsOver { get; }

    /// <summary>Writes the times into a cell that nobody else can see yet.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="options">The options; null where only the pool's defaults apply.</param>
    /// <param name="core">The pool.</param>
    public void ApplyTo(TaskCell cell, TaskOptions? options, PoolCore core)
    {
        Clock clock = core.Clock;
        long queueBudget = options?.QueueBudget is { } budget ? clock.Ticks(budget) : core.QueueBudgetTicks;
        long due = _deadlineAt;
        if (queueBudget != 0)
        {
            long queueDue = (_now == 0 ? clock.Now : _now) + queueBudget;
            due = due == 0 ? queueDue : Math.Min(due, queueDue);
        }

        if (options != null)
        {
            CellExtras extras = cell.EnsureExtras();
            extras.Options = options;
            extras.DeadlineAt = _deadlineAt;
            extras.RunBudget = options.RunBudget is { } run ? Math.Max(1, clock.Ticks(run)) : 0;
            // Nothing to look after in the queue, but the worker has to set the time when it starts the task.
            if (due == 0 && extras.RunBudget != 0)
                due = long.MaxValue;
        }

        cell.DueAt = due;
        cell.IsShared |= due != 0;
    }

    private static long Left(TimeSpan span, Clock clock) => span <= TimeSpan.Zero ? 0 : Math.Max(1, clock.Ticks(span));
}
