using Dispatcher.Actors;

namespace Dispatcher.TestKit;

/// <summary>Outcomes and pools as a failing test shows them: short, on one line.</summary>
internal static class OutcomeText
{
    /// <summary>An outcome.</summary>
    /// <typeparam name="TResult">What the task's handler returns.</typeparam>
    /// <param name="outcome">The outcome.</param>
    public static string Of<TResult>(TaskOutcome<TResult> outcome) => outcome.Detail switch
    {
        null => outcome.ToString(),
        Failed f => $"Failed({f.Error.GetType().Name}: {f.Error.Message}; class '{f.ErrorClass}', {f.Attempts} attempt(s))",
        Rejected r => r.RetryAfter is { } wait ? $"Rejected({r.Reason}, retry after {wait})" : $"Rejected({r.Reason})",
        Expired e => $"Expired({e.Where})",
        Cancelled c => $"Cancelled({c.By})",
        Abandoned a => $"Abandoned({a.Why})",
        _ => outcome.ToString(),
    };

    /// <summary>A pool.</summary>
    /// <param name="pool">The pool at one moment.</param>
    public static string Of(PoolSnapshot pool)
    {
        string rejected = pool.RejectedBy.Count == 0 ? "" : $" ({string.Join(", ", pool.RejectedBy.Select(reason => $"{reason.Key} {reason.Value}"))})";
        return $"Pool '{pool.Name}' is {pool.Phase}: {pool.WorkersIdle} workers idle, {pool.WorkersBusy} busy, {pool.WorkersDraining} draining; "
            + $"{pool.Submitted} tasks submitted = {pool.Paced} paced + {pool.Waiting} waiting + {pool.Queued} queued + {pool.Running} running + {pool.Delayed} delayed + {pool.Completed} completed + "
            + $"{pool.Failed} failed + {pool.Rejected} rejected{rejected} + {pool.Expired} expired + {pool.Cancelled} cancelled + {pool.Abandoned} abandoned.";
    }
}
