namespace Dispatcher.Actors.Tests.Contracts;

/// <summary>A task with all that a contract may say.</summary>
[TaskContract(
    DeadlineMilliseconds = 2_000, P99TargetMilliseconds = 300, Priority = TaskPriority.P0, QueueBudgetMilliseconds = 500, RunBudgetMilliseconds = 1_000,
    PayloadCapBytes = 100, Attempts = 3, TryTimeoutMilliseconds = 400, RetryOn = "TimeoutException, TryTimeout", BackoffFirstMilliseconds = 5,
    BackoffMaxMilliseconds = 50, Fallback = FallbackTriggers.Failed | FallbackTriggers.Overload)]
internal sealed record Resize(string Picture, int Width) : ITask<int>, IPayloadSize
{
    public long PayloadBytes => Picture.Length;
}

/// <summary>A task with a deadline alone.</summary>
[TaskContract(DeadlineMilliseconds = 1_000)]
internal sealed record Urgent(int Number) : ITask<int>;

/// <summary>A task without a contract.</summary>
internal sealed record Plain(int Number) : ITask<int>;
