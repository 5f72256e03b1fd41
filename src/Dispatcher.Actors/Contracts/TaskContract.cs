namespace Dispatcher.Actors;

/// <summary>
/// What a type of task is promised in its pool, and what it is held to: the values in force. A value of the type goes before one of the whole pool; among
/// values for the same, code goes before configuration, that before the attribute, that before the default.
/// </summary>
public sealed record TaskContract
{
    /// <summary>The pool's name.</summary>
    public required string Pool { get; init; }

    /// <summary>The type of task.</summary>
    public required Type TaskType { get; init; }

    /// <summary>What its handler returns.</summary>
    public required Type ResultType { get; init; }

    /// <summary>Its handler's name.</summary>
    public required string Handler { get; init; }

    /// <summary>Whether a fallback handler is registered.</summary>
    public required bool HasFallback { get; init; }

    /// <summary>How long the whole may take, unless a task's options say otherwise; null for no limit.</summary>
    public required ContractValue<TimeSpan?> Deadline { get; init; }

    /// <summary>What 99 of 100 tasks should take at most, from the door to the outcome; null for no target. Nothing is cancelled by it.</summary>
    public required ContractValue<TimeSpan?> P99Target { get; init; }

    /// <summary>How urgent it is, unless a task's options say otherwise.</summary>
    public required ContractValue<TaskPriority> Priority { get; init; }

    /// <summary>How long it may wait for a worker, unless a task's options say otherwise; null for no limit.</summary>
    public required ContractValue<TimeSpan?> QueueBudget { get; init; }

    /// <summary>How long its handler may run, all tries together, unless a task's options say otherwise; null for no limit.</summary>
    public required ContractValue<TimeSpan?> RunBudget { get; init; }

    /// <summary>The largest payload in bytes; 0 for no cap.</summary>
    public required ContractValue<int> PayloadCapBytes { get; init; }

    /// <summary>How often its handler may be tried, the first time included.</summary>
    public required ContractValue<int> Attempts { get; init; }

    /// <summary>How long one try may take; null for no limit.</summary>
    public required ContractValue<TimeSpan?> TryTimeout { get; init; }

    /// <summary>Which errors are retried.</summary>
    public required ContractValue<IReadOnlyList<string>> RetryOn { get; init; }

    /// <summary>The longest wait before the second attempt.</summary>
    public required ContractValue<TimeSpan> BackoffFirst { get; init; }

    /// <summary>The bound of that wait.</summary>
    public required ContractValue<TimeSpan> BackoffMax { get; init; }

    /// <summary>Whether a fallback handler answers in place of a refusal by an open circuit breaker.</summary>
    public required ContractValue<bool> FallbackOnBreakerOpen { get; init; }

    /// <summary>Whether a fallback handler answers in place of a failure.</summary>
    public required ContractValue<bool> FallbackOnFailed { get; init; }

    /// <summary>Whether a fallback handler answers in place of a refusal by a limit, by a full queue or to shed load.</summary>
    public required ContractValue<bool> FallbackOnOverload { get; init; }
}
