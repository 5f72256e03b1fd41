using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors;

/// <summary>A task did not complete, and its caller asked for an exception in that case.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Always made from an outcome")]
public sealed class TaskOutcomeException : Exception
{
    /// <summary>Makes the exception of an outcome.</summary>
    /// <param name="kind">How the task ended.</param>
    /// <param name="detail">The outcome's detail; null for a task that has not ended.</param>
    public TaskOutcomeException(OutcomeKind kind, OutcomeDetail? detail)
        : base(Describe(kind, detail), (detail as Failed)?.Error)
    {
        Kind = kind;
        Detail = detail;
    }

    /// <summary>How the task ended.</summary>
    public OutcomeKind Kind { get; }

    /// <summary>The outcome's detail; null for a task that has not ended.</summary>
    public OutcomeDetail? Detail { get; }

    private static string Describe(OutcomeKind kind, OutcomeDetail? detail) => detail switch
    {
        Failed f => $"The task failed after {f.Attempts} attempt(s), error class '{f.ErrorClass}': {f.Error.Message}",
        Rejected { RetryAfter: { } wait } r => $"The task was rejected: {r.Reason}, retry after {wait}.",
        Rejected r => $"The task was rejected: {r.Reason}.",
        Expired e => $"The task expired: {e.Where}.",
        Cancelled c => $"The task was cancelled by {c.By}.",
        Abandoned a => $"The task was abandoned: {a.Why}.",
        _ => $"The task has no result: {kind}.",
    };
}
