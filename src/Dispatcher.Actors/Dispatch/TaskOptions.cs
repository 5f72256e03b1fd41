using System.Diagnostics;
using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors;

/// <summary>What a caller asks for one task. Everything left out comes from the pool's settings.</summary>
public sealed record TaskOptions
{
    private readonly TaskPriority? _priority;
    private readonly TimeSpan? _queueBudget;
    private readonly TimeSpan? _runBudget;
    private readonly RetryOptions? _retries;

    /// <summary>How urgent it is. Without it: what the type's contract says, else <see cref="TaskPriority.P1"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">None of the three.</exception>
    public TaskPriority Priority
    {
        get => _priority ?? TaskPriority.P1;
        init => _priority = value <= TaskPriority.P2
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Priority), value, $"{nameof(Priority)} is P0, P1 or P2.");
    }

    /// <summary>How long the whole may take, from now. Zero or less has passed already: Expired(Submit).</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>When the whole must have ended, by the clock. The earlier of the two deadlines counts.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>
    /// How long it may wait for a worker the first time, its wait for a place included. A retry waits for its back-off, and then as long as the deadline lets it.
    /// Over zero, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? QueueBudget
    {
        get => _queueBudget;
        init => _queueBudget = Budget(value, nameof(QueueBudget));
    }

    /// <summary>How long its handler may run, all tries together. Over zero, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Zero or less.</exception>
    public TimeSpan? RunBudget
    {
        get => _runBudget;
        init => _runBudget = Budget(value, nameof(RunBudget));
    }

    /// <summary>When and how often it is tried again; null for what its type and its pool say.</summary>
    /// <exception cref="ArgumentException">Its first back-off is longer than the longest.</exception>
    public RetryOptions? Retries
    {
        get => _retries;
        init
        {
            value?.Verify();
            _retries = value;
        }
    }

    /// <summary>
    /// Tasks of one key run one at a time, of whatever types and priorities, in the order in which they were submitted; the next one starts when the one before has
    /// its outcome. A P0 behind a P2 of its key waits for it, and lends it no urgency: give the tasks of a key one priority. A handler that awaits
    /// another task of its own key waits for itself. Another number at a time: <c>tasks-per-key</c>.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>On whose behalf it runs.</summary>
    public string? Tenant { get; init; }

    /// <summary>
    /// The task whose handler hands this one in: this one gets no more time than the other has left, and is cancelled with it. Without it, it is the task in whose
    /// handler the code runs, if that has anything to pass on: a deadline, a run budget, a token, a handle or a parent. Name it where the code has left the
    /// handler's flow, such as a thread of its own.
    /// </summary>
    public TaskContext? Parent { get; init; }

    /// <summary>Whether the task has no parent, whoever hands it in: it may live longer than the task in whose handler the code runs.</summary>
    public bool IsDetached { get; init; }

    /// <summary>What its handler talks to, such as a host name, where the pool keeps circuit breakers by target.</summary>
    public string? Target { get; init; }

    // Its moment at the rate limits, for a task that has waited for it.
    internal RateSlot? Slot { get; init; }

    /// <summary>The trace that the task belongs to. Without it: the one of the code that hands it in.</summary>
    public ActivityContext? TraceContext { get; init; }

    /// <summary>
    /// Submissions of one key are one task: the first is handed in, and its other options count; those who come while it is in flight join it; those who come within
    /// <c>idempotency.retention</c> after it has completed get the outcome that it had. Any other outcome is forgotten at once, and the next submission runs. A key is its
    /// tenant's own, and its type's. The same key with a payload that is not equal to the first one's is Rejected(OtherPayload): give such tasks equality by value, as
    /// records have it. Who cancels leaves; the task is cancelled when the last one has left. All get the same result object.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    internal bool HasPriority => _priority != null;

    private static TimeSpan? Budget(TimeSpan? value, string name) =>
        value is { } span && span <= TimeSpan.Zero && span != Timeout.InfiniteTimeSpan
            ? throw new ArgumentOutOfRangeException(name, value, $"{name} is over zero, or infinite for no limit.")
            : value;
}
