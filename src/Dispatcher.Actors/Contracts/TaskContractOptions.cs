namespace Dispatcher.Actors;

/// <summary>A type of task's contract, by code. What is left out comes from the configuration, the type's attribute, and the pool's settings. Checked when the pool starts.</summary>
public sealed record TaskContractOptions
{
    /// <summary>How long the whole may take. 1 ms to 24 h, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What 99 of 100 tasks should take at most, from the door to the outcome. 0.1 ms to 24 h, not above the deadline, or <see cref="Timeout.InfiniteTimeSpan"/> for no target.</summary>
    public TimeSpan? P99Target { get; init; }

    /// <summary>How urgent it is.</summary>
    public TaskPriority? Priority { get; init; }

    /// <summary>How long it may wait for a worker. 1 ms to 24 h, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan? QueueBudget { get; init; }

    /// <summary>How long its handler may run, all tries together. 1 ms to 24 h, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan? RunBudget { get; init; }

    /// <summary>The largest payload in bytes, of a type that says its size. 0 and up, 0 for no cap.</summary>
    public int? PayloadCapBytes { get; init; }

    /// <summary>When and how often it is tried again.</summary>
    public RetryOptions? Retries { get; init; }

    /// <summary>What its fallback handler answers for.</summary>
    public FallbackTriggers? Fallback { get; init; }
}
