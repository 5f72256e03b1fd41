using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors;

/// <summary>A task that was handed in: its id, how far it is, its outcome. Safe for any thread.</summary>
/// <typeparam name="TResult">What the task's handler returns.</typeparam>
public class TaskHandle<TResult>
{
    private readonly TaskCompletionSource<TaskOutcome<TResult>> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<TaskHandle<TResult>>? _accepted;
    private TaskCell? _cell;
    private long _id;

    internal TaskHandle()
    {
    }

    /// <summary>The task's id; 0 for a task that was refused at the door.</summary>
    public virtual TaskId Id => new(_id);

    /// <summary>Whether this submission is no task of its own, because its idempotency key has one: it shares that one's id and outcome, and leaves it when it is cancelled.</summary>
    public virtual bool IsJoined => false;

    /// <summary>How far the task has come.</summary>
    public virtual TaskState State
    {
        get
        {
            if (_outcome.Task.IsCompleted || Volatile.Read(ref _cell) is not { } cell || cell.Id != _id)
                return TaskState.Ended;
            return cell.State switch
            {
                CellState.Waiting or CellState.ParkedWaiting => TaskState.Waiting,
                CellState.Queued or CellState.Parked => TaskState.Queued,
                CellState.Running => TaskState.Running,
                CellState.Delayed => TaskState.Delayed,
                _ => TaskState.Ended,
            };
        }
    }

    /// <summary>Ends with the task's outcome; never faulted, never cancelled.</summary>
    public Task<TaskOutcome<TResult>> Outcome => _outcome.Task;

    /// <summary>Cancels the task: at once when it has not started, else its handler's token is cancelled and the outcome follows what the handler does.</summary>
    /// <param name="by">Who asks, for the outcome.</param>
    /// <returns>Whether this request is the one that counts; false when the task has ended or was asked already.</returns>
    public virtual bool TryCancel(string by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return RequestCancel(new Cancelled(by));
    }

    internal static TaskHandle<TResult> Refused(OutcomeDetail detail) => Ended(TaskOutcome<TResult>.Ended(detail));

    internal static TaskHandle<TResult> Ended(in TaskOutcome<TResult> outcome)
    {
        TaskHandle<TResult> handle = new();
        handle.Complete(outcome);
        return handle;
    }

    internal void Bind(TaskCell cell, long id)
    {
        _id = id;
        Volatile.Write(ref _cell, cell);
    }

    /// <summary>Makes the promise that <see cref="SetAccepted"/> keeps. Before the cell goes into the waiting line.</summary>
    internal Task<TaskHandle<TResult>> ExpectAcceptance() =>
        (_accepted = new TaskCompletionSource<TaskHandle<TResult>>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Whether the task got its place; false for one that ended while it waited for it.</summary>
    internal bool HasPlace { get; private set; }

    internal virtual void SetAccepted()
    {
        HasPlace = true;
        _accepted?.TrySetResult(this);
    }

    /// <summary>Asks the task to stop, or ends it.</summary>
    internal bool RequestCancel(OutcomeDetail reason) => Volatile.Read(ref _cell) is { } cell && cell.RequestCancel(_id, reason);

    /// <summary>A fallback handler has answered; the outcome follows.</summary>
    internal virtual void NoteFallback()
    {
    }

    internal virtual void Complete(in TaskOutcome<TResult> outcome)
    {
        Volatile.Write(ref _cell, null);
        _outcome.TrySetResult(outcome);
        _accepted?.TrySetResult(this);
    }
}
