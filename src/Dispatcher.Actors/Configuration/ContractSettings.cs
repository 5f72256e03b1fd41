namespace Dispatcher.Actors.Configuration;

/// <summary>What a type of task is promised and held to. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record ContractSettings
{
    /// <summary><c>contract.deadline</c>; null for off.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary><c>contract.p99-target</c>; null for off.</summary>
    public TimeSpan? P99Target { get; init; }

    /// <summary><c>contract.priority</c></summary>
    public TaskPriority Priority { get; init; } = TaskPriority.P1;

    /// <summary><c>contract.run-budget</c>; null for off.</summary>
    public TimeSpan? RunBudget { get; init; }

    /// <summary><c>queue.budget</c>; null for off.</summary>
    public TimeSpan? QueueBudget { get; init; }

    /// <summary><c>payload-cap</c>; 0 for none.</summary>
    public int PayloadCap { get; init; }
}
