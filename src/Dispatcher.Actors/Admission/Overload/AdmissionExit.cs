using Dispatcher.Actors.Admission.Breaker;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>How an accepted task ended, as far as admission wants to know.</summary>
/// <param name="Result">What that says to its breaker.</param>
/// <param name="IsServed">Whether a handler ran it to its end.</param>
/// <param name="IsDrop">Whether it ran out of time.</param>
/// <param name="Wait">How long it waited in the queue, in timestamp units.</param>
/// <param name="Run">How long its handler ran, in timestamp units.</param>
/// <param name="Now">The time, a timestamp.</param>
internal readonly record struct AdmissionExit(CallResult Result, bool IsServed, bool IsDrop, long Wait, long Run, long Now)
{
    /// <summary>Reads an outcome.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="where">With Expired: where the task was.</param>
    /// <param name="wait">How long it waited in the queue, in timestamp units.</param>
    /// <param name="run">How long its handler ran, in timestamp units.</param>
    /// <param name="now">The time, a timestamp.</param>
    public static AdmissionExit Of(OutcomeKind kind, ExpiredWhere where, long wait, long run, long now) => new(
        CallResultPolicy.Of(kind, where),
        kind is OutcomeKind.Completed or OutcomeKind.Failed,
        kind is OutcomeKind.Expired or OutcomeKind.Abandoned,
        wait,
        run,
        now);
}
