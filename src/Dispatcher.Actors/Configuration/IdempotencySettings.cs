namespace Dispatcher.Actors.Configuration;

/// <summary>What a pool remembers of tasks with an idempotency key. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record IdempotencySettings
{
    /// <summary><c>idempotency.retention</c>; null for off.</summary>
    public required TimeSpan? Retention { get; init; }

    /// <summary><c>idempotency.outcomes</c></summary>
    public required int Outcomes { get; init; }
}
