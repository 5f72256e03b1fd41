using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Dispatch;

/// <content>What becomes of a task whose handler threw, or takes too long over one try.</content>
internal abstract partial class TaskCell
{
    /// <summary>The policy that its retries follow.</summary>
    public RetryPolicy RetryPolicy => Extras?.Options?.Retries is { } own ? own.Over(Route.Retries) : Route.Retries;

    /// <summary>Whether its handler is out although it was given up.</summary>
    public HandlerAbsence Absence => Volatile.Read(ref Extras)?.Absence ?? HandlerAbsence.None;

    /// <summary>How long one try may take, in timestamp units; 0 for no limit.</summary>
    public long TryTicks => Extras is { TryTicks: not 0 } extras ? Math.Max(0, extras.TryTicks) : Route.TryTicks;

    /// <summary>How much time is left for another run.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The time; null without a limit.</returns>
    public TimeSpan? LeftForRetry(long now)
    {
        CellExtras? extras = Extras;
        if (extras is { RunBudget: > 0 } && now - extras.StartedAt >= extras.RunBudget)
            return TimeSpan.Zero;
        long deadline = extras?.DeadlineAt ?? 0;
        return deadline == 0 ? null : deadline <= now ? TimeSpan.Zero : Core.Clock.Between(now, deadline);
    }

    /// <summary>
    /// Ends a try whose handler threw, on its worker's behalf: the task is put off for another run, or has its outcome. Either way the cell is no longer
    /// the worker's.
    /// </summary>
    /// <param name="error">What it threw.</param>
    /// <returns>Whether that is an answer to a request to stop, and no fault. An OperationCanceledException that nobody asked for is one.</returns>
    protected bool EndThrown(Exception error)
    {
        while (true)
        {
            long word = Volatile.Read(ref _word);
            bool obeyed = error is OperationCanceledException && CellWord.IsStopRequested(word);
            if (CellWord.StateOf(word) != CellState.Running)
            {
                NoteReturn();
                return obeyed;
            }

            if (CellWord.IsCancelRequested(word))
            {
                EndFinally(obeyed ? AwaitCancelReason() : FailureOf(error, isTryOver: false));
                return obeyed;
            }

            bool isCrash = error is HandlerConstructionException;
            Failed failed = FailureOf(error, isTryOver: obeyed);
            if (IsTraced)
                EndProcess(failed);
            if (!Core.TryPlanRetry(this, isCrash, ref failed, out RetryPlan plan))
            {
                EndFinally(failed);
                return obeyed;
            }

            // Race: somebody asks for its end now, or gives it up, or its try is over. Then look again.
            if (TryDelay(word, failed, isCrash, plan))
                return obeyed;
        }
    }

    /// <summary>The handler of a task that was given up has come back after all.</summary>
    protected void NoteReturn()
    {
        HandlerAbsence absence = EnsureExtras().MarkReturned();
        if (absence != HandlerAbsence.None)
            Core.OnAbsentReturned(this, absence);
    }

    private void EndFinally(OutcomeDetail detail)
    {
        if (IsTraced)
            EndProcess(detail);
        if (TryEndRunning())
            End(detail);
        else
            NoteReturn();
    }

    private Failed FailureOf(Exception error, bool isTryOver)
    {
        if (!isTryOver)
            return new Failed(error, ErrorClasses.Of(error), Attempt);
        TimeSpan limit = RetryPolicy.Settings.TryTimeout ?? default;
        return new Failed(new TimeoutException($"Attempt {Attempt} took longer than the {Durations.Print(limit)} it had.", error), ErrorClasses.TryTimeout, Attempt);
    }

    // From here on the cell is never used anew (see CellWord.IsPlain), so one who comes late by an old reference finds this task or none.
    private bool TryDelay(long word, Failed failed, bool isCrash, RetryPlan plan)
    {
        CellExtras extras = EnsureExtras();
        if (CellWord.IsTryOver(word))
            AwaitTryOver(extras, CellWord.RunOf(word));
        IsShared = true;
        extras.DelayedIndex = plan.Index;
        // Before the state moves: a sweep that still has the cell from its worker must not hold it to the time of its last run.
        Volatile.Write(ref DueAt, TaskTimes.OrMarked(extras.DeadlineAt, this));
        if (Interlocked.CompareExchange(ref _word, CellWord.NextRun(word), word) != word)
        {
            Core.Delayed.Return(plan.Index);
            return false;
        }

        // Others may end the task now; nobody can run it before it is put into its place.
        extras.LastFailure = failed;
        // Measured are first runs: the next one's wait would have this run in it.
        EnteredAt = 0;
        StartedAt = 0;
        IsMeasured = false;
        extras.DropSource();
        if (extras.RunBudget > 0)
            extras.RunBudget = Math.Max(1, extras.RunBudget - (Core.Clock.Now - extras.StartedAt));
        if (isCrash)
            extras.Crashes++;
        else
            Attempt++;
        Core.Delayed.Put(plan.Index, this, plan.At);
        // Race: it was ended after the state had moved and before it was in its place, and whoever did it found no place to clear.
        if (State == CellState.Ended)
            Core.Delayed.TryRemove(plan.Index, this);
        Core.OnDelayed(plan.At);
        return true;
    }

    // Race: the sweep has set the flag and has not yet done what belongs to it. It must not do that to the next run.
    private static void AwaitTryOver(CellExtras extras, int run)
    {
        SpinWait spin = default;
        while (Volatile.Read(ref extras.TryOverRun) != run + 1)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    // The time of one try is over: its handler is asked to stop. Until the run's own time, or for the grace; then see Sweep.
    private long EndTry(long word, CellExtras extras, long now)
    {
        if (Interlocked.CompareExchange(ref _word, CellWord.WithTryOver(word), word) != word)
            return Volatile.Read(ref DueAt);
        long due = extras.RunDueAt == 0 ? now + Core.GraceTicks : Math.Min(extras.RunDueAt, now + Core.GraceTicks);
        CancellationTokenSource? source = extras.SourceIfAny;
        Volatile.Write(ref DueAt, due);
        // From here on the handler's end may bring the next run, which has a source of its own.
        Volatile.Write(ref extras.TryOverRun, CellWord.RunOf(word) + 1);
        Core.Cancel(source);
        return due;
    }
}
