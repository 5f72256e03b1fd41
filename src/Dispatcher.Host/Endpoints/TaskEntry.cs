using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Actors;

namespace Dispatcher.Host.Endpoints;

/// <summary>A submitted task, kept so that callers can ask for it.</summary>
internal abstract class TaskEntry(TaskId id, string type, DateTimeOffset submittedAt)
{
    public TaskId Id => id;

    /// <summary>Ends when the task has its outcome; never faults.</summary>
    public abstract Task Ended { get; }

    /// <summary>Why the pool refused it, if it did.</summary>
    public abstract Rejected? Refusal { get; }

    /// <summary>What the task came to; Pending before its end.</summary>
    public abstract OutcomeKind Kind { get; }

    public abstract bool TryCancel(string by);

    public TaskView View() => new(id.ToString(), type, State(), submittedAt, Result(), Detail());

    protected abstract string State();

    protected abstract JsonElement? Result();

    protected abstract TaskDetail? Detail();
}

/// <inheritdoc />
internal sealed class TaskEntry<TResult, TView>(
    TaskHandle<TResult> handle, string type, DateTimeOffset submittedAt, Func<TResult, TView> view, JsonTypeInfo<TView> json)
    : TaskEntry(handle.Id, type, submittedAt)
{
    public override Task Ended => handle.Outcome;

    public override Rejected? Refusal => Outcome.Detail as Rejected;

    public override OutcomeKind Kind => Outcome.Kind;

    private TaskOutcome<TResult> Outcome => handle.Outcome.IsCompletedSuccessfully ? handle.Outcome.GetAwaiter().GetResult() : default;

    public override bool TryCancel(string by) => handle.TryCancel(by);

    protected override string State() =>
        (Kind == OutcomeKind.Pending ? handle.State.ToString() : Kind.ToString()).ToLowerInvariant();

    protected override JsonElement? Result() =>
        Outcome is { IsCompleted: true } done ? JsonSerializer.SerializeToElement(view(done.GetResultOrThrow()), json) : null;

    protected override TaskDetail? Detail() => Outcome.Detail switch
    {
        Failed failed => new() { ErrorClass = failed.ErrorClass, Message = failed.Error.Message, Attempts = failed.Attempts },
        Rejected rejected => new() { Reason = rejected.Reason.ToString(), RetryAfterSeconds = rejected.RetryAfter?.TotalSeconds },
        Expired expired => new() { Where = expired.Where.ToString() },
        Cancelled cancelled => new() { By = cancelled.By },
        Abandoned abandoned => new() { Reason = abandoned.Why },
        _ => null,
    };
}
