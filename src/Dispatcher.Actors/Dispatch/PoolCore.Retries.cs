using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Dispatch;

/// <content>Failed tasks on their way to another run.</content>
internal sealed partial class PoolCore
{
    private const double RandomRange = 1L << 32;

    private readonly SharedRandom _random;
    private readonly RetryBudget _retryBudget;
    private DelayedTasks? _delayed;
    private long _retried;

    /// <summary>Those that wait for the time of their next run. Made for the first of them.</summary>
    public DelayedTasks Delayed
    {
        get
        {
            DelayedTasks? delayed = Volatile.Read(ref _delayed);
            if (delayed != null)
                return delayed;
            DelayedTasks made = new(Settings.RetryLimits.MaxDelayed);
            return Interlocked.CompareExchange(ref _delayed, made, null) ?? made;
        }
    }

    /// <summary>How many of them there are.</summary>
    public int DelayedCount => Volatile.Read(ref _delayed)?.Count ?? 0;

    /// <summary>Tries after the first.</summary>
    public long Retried => Volatile.Read(ref _retried);

    /// <summary>Decides whether a failed task gets another run, and takes what that needs.</summary>
    /// <param name="cell">The task, still running.</param>
    /// <param name="isCrash">Whether its worker went down, and not its handler.</param>
    /// <param name="failed">What it failed with; its class may change.</param>
    /// <param name="plan">The next run.</param>
    public bool TryPlanRetry(TaskCell cell, bool isCrash, ref Failed failed, out RetryPlan plan)
    {
        plan = default;
        // Who waits now would wait for a pool that is no more. While it drains, there is time for a retry until the drain's is over; see RejectLeftovers.
        if (_phase == PoolPhase.Stopped)
            return false;
        long now = Clock.Now;
        TimeSpan? left = cell.LeftForRetry(now);
        double random = _random.Next() / RandomRange;
        RetryPolicy policy = cell.RetryPolicy;
        RetryDecision decision = isCrash
            ? policy.DecideCrash((cell.Extras?.Crashes ?? 0) + 1, Settings.RetryLimits.PoisonAfter, left, random)
            : policy.Decide(failed.Error, failed.ErrorClass, cell.Attempt, left, random);
        if (decision.Verdict == RetryVerdict.Poison)
            failed = failed with { ErrorClass = ErrorClasses.Poison };
        if (decision.Verdict != RetryVerdict.Retry)
            return false;
        if (!Delayed.TryReserve(out int index))
        {
            TaskLog.NoteRetryHeldBack(cell, failed, "as many tasks as retries.max-delayed allows wait for their next try");
            return false;
        }

        if (!isCrash && !_retryBudget.TryTake(Accepted, now))
        {
            Delayed.Return(index);
            TaskLog.NoteRetryHeldBack(cell, failed, "the budget of retries (retries.budget-percent, retries.budget-floor) is spent");
            return false;
        }

        plan = new RetryPlan(now + Clock.Ticks(decision.Delay), index);
        return true;
    }

    /// <summary>A task waits for its next run.</summary>
    /// <param name="at">When that is, a timestamp.</param>
    public void OnDelayed(long at)
    {
        Interlocked.Increment(ref _retried);
        Announce(at);
        // Race: the pool stopped between our look at its phase and now, and has ended those who waited already.
        if (_phase == PoolPhase.Stopped)
            RejectLeftovers();
    }

    // How many tasks came in so far and were not refused: the traffic that retries are measured by.
    private long Accepted => SumOfLines(static line => line.Submitted);
}
