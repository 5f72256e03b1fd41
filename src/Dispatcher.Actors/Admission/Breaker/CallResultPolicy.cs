namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>Reads a task's end as a breaker has to.</summary>
internal static class CallResultPolicy
{
    /// <summary>
    /// The meaning of an outcome. A time-out while running counts as a failure, one in the queue says nothing about the handler. Cancelled says
    /// nothing: the one who asked wanted it so.
    /// </summary>
    /// <param name="kind">The kind of outcome.</param>
    /// <param name="where">With Expired: where the task was.</param>
    public static CallResult Of(OutcomeKind kind, ExpiredWhere where = ExpiredWhere.Submit) => kind switch
    {
        OutcomeKind.Completed => CallResult.Succeeded,
        OutcomeKind.Failed or OutcomeKind.Abandoned => CallResult.Failed,
        OutcomeKind.Expired when where == ExpiredWhere.Run => CallResult.Failed,
        _ => CallResult.Ignored,
    };

    /// <summary>
    /// The meaning of an exception. <see cref="OperationCanceledException"/> is a cancel only if this task was asked to stop; one that comes from
    /// elsewhere (a time-out inside of an HTTP client, another token) is a failure.
    /// </summary>
    /// <param name="error">What the handler threw.</param>
    /// <param name="wasAskedToStop">Whether the task's own token was cancelled by its caller or a drain, not by its deadline.</param>
    public static CallResult Of(Exception error, bool wasAskedToStop) =>
        wasAskedToStop && error is OperationCanceledException ? CallResult.Ignored : CallResult.Failed;
}
