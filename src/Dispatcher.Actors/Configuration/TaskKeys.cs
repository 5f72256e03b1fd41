namespace Dispatcher.Actors.Configuration;

/// <summary>Settings that a type of task may have of its own: the same keys below a pool, for all of its types, and below <c>tasks.NAME</c>, for one.</summary>
internal static class TaskKeys
{
    public const string Deadline = "contract.deadline";
    public const string P99Target = "contract.p99-target";
    public const string Priority = "contract.priority";
    public const string RunBudget = "contract.run-budget";
    public const string QueueBudget = "queue.budget";
    public const string PayloadCap = "payload-cap";
    public const string Attempts = "retries.attempts";
    public const string TryTimeout = "retries.try-timeout";
    public const string RetryOn = "retries.on";
    public const string BackoffFirst = "retries.backoff-first";
    public const string BackoffMax = "retries.backoff-max";
    public const string FallbackOnBreakerOpen = "admission.fallback.on-breaker-open";
    public const string FallbackOnFailed = "admission.fallback.on-failed";
    public const string FallbackOnOverload = "admission.fallback.on-overload";

    public const string Share = "roll-out.share";
    public const string MinimumSamples = "roll-out.minimum-samples";
    public const string FalseAlarm = "roll-out.false-alarm";
    public const string ErrorMargin = "roll-out.error-margin";
    public const string LatencyMargin = "roll-out.latency-margin";

    /// <summary>Those of the fallback.</summary>
    public static readonly IReadOnlyList<string> Fallback = [FallbackOnBreakerOpen, FallbackOnFailed, FallbackOnOverload];

    /// <summary>Those of a roll-out.</summary>
    public static readonly IReadOnlyList<string> RollOut = [Share, MinimumSamples, FalseAlarm, ErrorMargin, LatencyMargin];

    /// <summary>Those of a contract.</summary>
    public static readonly IReadOnlyList<string> Contract =
        [Deadline, P99Target, Priority, RunBudget, QueueBudget, PayloadCap, Attempts, TryTimeout, RetryOn, BackoffFirst, BackoffMax, .. Fallback];

    /// <summary>The key of one type.</summary>
    /// <param name="type">The type's name.</param>
    /// <param name="key">The key for all types.</param>
    public static string Of(string type, string key) => $"tasks.{type}.{key}";
}
