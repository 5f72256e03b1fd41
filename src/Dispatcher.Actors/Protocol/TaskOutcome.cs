using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using System.Text.Json.Serialization;
using Dispatcher.Actors.Json;

namespace Dispatcher.Actors;

/// <summary>The one terminal answer to a task. A struct: a completed task allocates nothing for it.</summary>
/// <typeparam name="TResult">What the task's handler returns.</typeparam>
[JsonConverter(typeof(TaskOutcomeJsonConverterFactory))]
public readonly struct TaskOutcome<TResult> : IEquatable<TaskOutcome<TResult>>
{
    private readonly OutcomeDetail? _detail;
    private readonly bool _completed;

    private TaskOutcome(bool completed, TResult? result, OutcomeDetail? detail)
    {
        _completed = completed;
        Result = result;
        _detail = detail;
    }

    /// <summary>How the task ended. <see cref="OutcomeKind.Pending"/> only for the default value.</summary>
    public OutcomeKind Kind => _completed ? OutcomeKind.Completed : _detail?.Kind ?? OutcomeKind.Pending;

    /// <summary>The handler's result; default unless <see cref="IsCompleted"/>.</summary>
    public TResult? Result { get; }

    /// <summary>What there is to say about any other end; null when completed.</summary>
    public OutcomeDetail? Detail => _detail;

    /// <summary>Whether the handler returned a result.</summary>
    public bool IsCompleted => _completed;

    /// <summary>The outcome of a task whose handler returned.</summary>
    /// <param name="result">What it returned.</param>
    /// <returns>A completed outcome.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "The factory belongs to the outcome of this result type")]
    public static TaskOutcome<TResult> Completed(TResult result) => new(true, result, null);

    /// <summary>Any other outcome.</summary>
    /// <param name="detail">What happened.</param>
    /// <returns>An outcome of the detail's kind.</returns>
    [SuppressMessage("Design", "CA1000", Justification = "The factory belongs to the outcome of this result type")]
    public static TaskOutcome<TResult> Ended(OutcomeDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        return new TaskOutcome<TResult>(false, default, detail);
    }

    /// <summary>The result, for callers that prefer exceptions.</summary>
    /// <returns>The handler's result.</returns>
    /// <exception cref="TaskOutcomeException">The task did not complete. Names the kind and carries the cause.</exception>
    public TResult GetResultOrThrow() => _completed ? Result! : throw new TaskOutcomeException(Kind, _detail);

    /// <summary>Throws the handler's own exception, with its stack, when the task failed; does nothing otherwise.</summary>
    public void RethrowFailure()
    {
        if (_detail is Failed failed)
            ExceptionDispatchInfo.Throw(failed.Error);
    }

    /// <summary>Takes the outcome apart.</summary>
    /// <param name="kind">How the task ended.</param>
    /// <param name="result">The result; default unless completed.</param>
    /// <param name="detail">The detail; null when completed.</param>
    public void Deconstruct(out OutcomeKind kind, out TResult? result, out OutcomeDetail? detail)
    {
        kind = Kind;
        result = Result;
        detail = _detail;
    }

    /// <inheritdoc/>
    public bool Equals(TaskOutcome<TResult> other) =>
        _completed == other._completed
        && EqualityComparer<TResult>.Default.Equals(Result, other.Result)
        && Equals(_detail, other._detail);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TaskOutcome<TResult> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_completed, Result, _detail);

    /// <inheritdoc/>
    public override string ToString() => _completed ? $"Completed({Result})" : _detail?.ToString() ?? nameof(OutcomeKind.Pending);

    /// <summary>Whether two outcomes are equal.</summary>
    public static bool operator ==(TaskOutcome<TResult> left, TaskOutcome<TResult> right) => left.Equals(right);

    /// <summary>Whether two outcomes differ.</summary>
    public static bool operator !=(TaskOutcome<TResult> left, TaskOutcome<TResult> right) => !left.Equals(right);
}
