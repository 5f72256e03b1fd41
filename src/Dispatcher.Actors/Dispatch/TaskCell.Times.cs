namespace Dispatcher.Actors.Dispatch;

/// <content>The time that a running task has, and its token.</content>
internal abstract partial class TaskCell
{
    /// <summary>
    /// Called by the worker that took the task out of its ring, before it starts it: expires it if it has waited too long, else sets the time
    /// that counts while it runs. The time is set before the state moves, so that no sweep can hold a running task to its queue budget.
    /// </summary>
    /// <param name="clock">The time.</param>
    public void MeetDue(Clock clock)
    {
        long now = clock.Now;
        if (DueAt <= now)
        {
            TryEndUnstarted(OutcomeDetails.ExpiredInQueue);
            return;
        }

        CellExtras? extras = Extras;
        long due = extras?.DeadlineAt ?? 0;
        if (extras is { RunBudget: > 0 })
        {
            due = due == 0 ? now + extras.RunBudget : Math.Min(due, now + extras.RunBudget);
            extras.StartedAt = now;
        }

        if (TryTicks is var limit && limit != 0)
        {
            extras = EnsureExtras();
            extras.RunDueAt = due;
            extras.IsDueByTry = due == 0 || now + limit < due;
            due = extras.IsDueByTry ? now + limit : due;
        }

        Volatile.Write(ref DueAt, due);
    }

    /// <summary>
    /// Called by the worker once the task can be seen in its hands. Race: a sweep falls between the queue, where the task is no more, and there. It
    /// misses the task, and with it whatever was announced before; so this comes after the move.
    /// </summary>
    public void AnnounceDue() => Core.Announce(Volatile.Read(ref DueAt));

    /// <summary>Whether a task is in its handler, and nobody has asked it to stop.</summary>
    /// <param name="run">The run that is meant.</param>
    public bool IsRunning(long run) => Volatile.Read(ref _word) == CellWord.OfRunId(run, CellState.Running);

    /// <summary>How long the running handler still has.</summary>
    /// <param name="run">The run that the handler is in.</param>
    /// <returns>The time; null without a limit, zero when it is over or the task is asked to stop.</returns>
    public TimeSpan? RemainingFor(long run)
    {
        long word = Volatile.Read(ref _word);
        long due = Volatile.Read(ref DueAt);
        if (word != CellWord.OfRunId(run, CellState.Running))
            return TimeSpan.Zero;
        long now = Core.Clock.Now;
        return due == 0 ? null : due <= now ? TimeSpan.Zero : Core.Clock.Between(now, due);
    }

    /// <summary>The token of the running handler.</summary>
    /// <param name="run">The run that the handler is in.</param>
    /// <returns>Its token; a cancelled one when that run has ended.</returns>
    public CancellationToken TokenFor(long run)
    {
        long word = Volatile.Read(ref _word);
        if (CellWord.RunIdOf(word) != run || CellWord.StateOf(word) != CellState.Running)
            return new CancellationToken(canceled: true);
        CancellationTokenSource source = EnsureExtras().Source;
        // Race: a request to stop set its flag before our source could be seen, and found none to cancel. The exchange that published
        // the source is a full fence, so one of the two sees the other.
        if (CellWord.IsStopRequested(Volatile.Read(ref _word)))
            Core.Cancel(source);
        return source.Token;
    }
}
