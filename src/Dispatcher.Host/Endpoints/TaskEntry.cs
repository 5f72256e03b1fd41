using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dispatcher.Actors;

namespace Dispatcher.Host.Endpoints;

/// <summary>A submission, kept so that its caller can ask for it. Those of one idempotency key are one task: they share its id, and each may leave it alone.</summary>
internal abstract class TaskEntry(string type, DateTimeOffset submittedAt, bool isKeyed)
{
    /// <summary>The task's id; 0 while the first caller of its idempotency key is handing it in.</summary>
    public abstract TaskId Id { get; }

    /// <summary>Whether it has an idempotency key.</summary>
    public bool IsKeyed => isKeyed;

    /// <summary>Whether another submission of its key came before.</summary>
    public abstract bool IsJoined { get; }

    /// <summary>The caller's number, of this node. Set by the table.</summary>
    public long Caller { get; set; }

    /// <summary>Ends when the task has its outcome; never faults.</summary>
    public abstract Task Ended { get; }

    /// <summary>Why the pool refused it, if it did.</summary>
    public abstract Rejected? Refusal { get; }

    /// <summary>What the task came to; Pending before its end.</summary>
    public abstract OutcomeKind Kind { get; }

    public abstract bool TryCancel(string by);

    public TaskView View() => new(
        Id.ToString(), type, State(), submittedAt, isKeyed ? Caller.ToString(CultureInfo.InvariantCulture) : null, isKeyed ? IsJoined : null, Result(), Detail());

    protected abstract string State();

    protected abstract JsonElement? Result();

    protected abstract TaskDetail? Detail();
}

/// <inheritdoc />
internal sealed class TaskEntry<TResult, TView>(
    TaskHandle<TResult> handle, string type, DateTimeOffset submittedAt, bool isKeyed, Func<TResult, TView> view, JsonTypeInfo<TView> json)
    : TaskEntry(type, submittedAt, isKeyed)
{
    public override TaskId Id => handle.Id;

    public override bool IsJoined => handle.IsJoined;

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
