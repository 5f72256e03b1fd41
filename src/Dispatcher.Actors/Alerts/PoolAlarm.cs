using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Alerts;

/// <summary>What happens in a pool, as occurrences. Its cost is that of failures, next to the exception's own.</summary>
internal sealed class PoolAlarm(AlertHub hub, string pool) : IPoolAlarm
{
    // A message may be as long as a handler likes.
    private const int MaxMessage = 500;

    /// <inheritdoc/>
    public void OnEnded(TaskCell cell, OutcomeDetail detail)
    {
        string type = cell.Route.TaskType.Name;
        if (detail is Failed failed)
        {
            hub.Note(
                new Occurrence(AlertEvent.Failed, pool, type, failed.ErrorClass, failed.Error),
                () => ($"{type} failed in attempt {failed.Attempts}: {failed.ErrorClass}: {MessageOf(failed.Error)}", TaskLog.TraceOf(cell)));
        }
        else if (detail is Abandoned abandoned)
        {
            hub.Note(new Occurrence(AlertEvent.Abandoned, pool, type), () => ($"{type} {new TaskId(cell.Id)} was abandoned: {abandoned.Why}", TaskLog.TraceOf(cell)));
        }
    }

    /// <inheritdoc/>
    public void OnGaveUp(Exception error) => hub.Note(
        new Occurrence(AlertEvent.PoolGaveUp, pool, null, ErrorClasses.Of(error), error),
        () => ($"pool {pool} has stopped, a worker's failure cannot be healed by it: {ErrorClasses.Of(error)}: {MessageOf(error)}", null));

    /// <inheritdoc/>
    public void OnBreakerChanged(BreakerStateChanged change)
    {
        Occurrence occurrence = new(AlertEvent.BreakerOpen, pool, change.Breaker);
        if (change.To == BreakerState.Open)
            hub.Note(occurrence, () => (change.ToString(), null));
        else if (change.To == BreakerState.Closed)
            hub.End(occurrence, change.ToString());
    }

    // The exception is a handler's own, and its outcome must not be lost for what its message does.
    private static string MessageOf(Exception error)
    {
        try
        {
            string message = error.Message;
            return message.Length <= MaxMessage ? message : message[..MaxMessage];
        }
        catch (Exception broken)
        {
            return $"(its message threw {broken.GetType().Name})";
        }
    }
}
