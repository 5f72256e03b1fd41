using Dispatcher.Actors.Admission.Keys;

namespace Dispatcher.Actors.Dispatch;

/// <summary>A task's options as points in time, read once at the door.</summary>
internal readonly struct TaskTimes
{
    private readonly long _now;
    private readonly long _deadlineAt;

    /// <summary>Reads the options.</summary>
    /// <param name="options">The options; null where only the parent's time and the pool's defaults apply.</param>
    /// <param name="parent">The task whose handler hands this one in; null for none.</param>
    /// <param name="clock">The time.</param>
    public TaskTimes(TaskOptions? options, ParentTask? parent, Clock clock)
    {
        long parentDue = 0;
        if (parent != null)
        {
            Refusal = parent.StopReason is Expired ? OutcomeDetails.ExpiredAtSubmit : parent.StopReason;
            // What a handler leaves behind when its task has ended is on its own.
            Parent = parent.IsAtWork ? parent : null;
            parentDue = parent.DueBy(clock);
        }

        if (Refusal != null || (parentDue == 0 && options is null or { Deadline: null, DeadlineAt: null }))
            return;
        _now = clock.Now;
        long left = options?.Deadline is { } relative ? Left(relative, clock) : long.MaxValue / 2;
        if (options?.DeadlineAt is { } absolute)
            left = Math.Min(left, Left(absolute - clock.Provider.GetUtcNow(), clock));
        // A child never outlives its parent.
        if (parentDue != 0)
            left = Math.Clamp(parentDue - _now, 0, left);
        _deadlineAt = _now + left;
        if (left == 0)
            Refusal = OutcomeDetails.ExpiredAtSubmit;
    }

    /// <summary>The task whose handler hands this one in; null for none.</summary>
    public ParentTask? Parent { get; }

    /// <summary>Why the task is over already: its deadline has passed, or its parent has to stop. Null when it is not.</summary>
    public OutcomeDetail? Refusal { get; }

    /// <summary>How much time is left until the deadline; null without one.</summary>
    /// <param name="clock">The time.</param>
    public TimeSpan? LeftUntilDeadline(Clock clock)
    {
        long now = clock.Now;
        return _deadlineAt == 0 ? null : _deadlineAt <= now ? TimeSpan.Zero : clock.Between(now, _deadlineAt);
    }

    /// <summary>Writes the times into a cell that nobody else can see yet.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="options">The options; null where only the pool's defaults apply.</param>
    public void ApplyTo(TaskCell cell, TaskOptions? options)
    {
        Clock clock = cell.Route.Core.Clock;
        long queueBudget = options?.QueueBudget is { } budget ? Limit(budget, clock) : cell.Route.QueueBudgetTicks;
        long due = _deadlineAt;
        if (queueBudget != 0)
        {
            long queueDue = (_now == 0 ? clock.Now : _now) + queueBudget;
            due = due == 0 ? queueDue : Math.Min(due, queueDue);
        }

        if (options != null || Parent != null)
        {
            CellExtras extras = cell.EnsureExtras();
            extras.Options = options;
            extras.Parent = Parent;
            if (options?.Key is { } key)
            {
                extras.Link = new KeyLink(key);
                cell.IsShared = true;
            }

            extras.DeadlineAt = _deadlineAt;
            extras.RunBudget = options?.RunBudget is { } run ? Limit(run, clock) : 0;
            if (options?.Retries?.TryTimeout is { } limit)
                extras.TryTicks = limit == Timeout.InfiniteTimeSpan ? -1 : clock.Ticks(limit);
            cell.PassesOn = _deadlineAt != 0 || extras.RunBudget != 0 || Parent != null;
        }

        cell.PassesOn |= cell.TryTicks != 0;
        due = OrMarked(due, cell);
        cell.DueAt = due;
        cell.IsShared |= due != 0 || Parent != null;
    }

    /// <summary>The due time of a task that waits; where there is nothing to look after, but the worker has to set the time when it starts the task, a mark.</summary>
    /// <param name="due">When its wait is over, a timestamp; 0 for never.</param>
    /// <param name="cell">The task.</param>
    public static long OrMarked(long due, TaskCell cell) =>
        due == 0 && (cell.Extras is { RunBudget: > 0 } || cell.TryTicks != 0) ? long.MaxValue : due;

    // 0 for no limit.
    private static long Limit(TimeSpan span, Clock clock) => span == Timeout.InfiniteTimeSpan ? 0 : Math.Max(1, clock.Ticks(span));

    private static long Left(TimeSpan span, Clock clock) => span <= TimeSpan.Zero ? 0 : Math.Max(1, clock.Ticks(span));
}
