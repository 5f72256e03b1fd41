namespace Dispatcher.Actors;

/// <summary>What a type of task has of its own at the door of its pool. What is null is off.</summary>
public sealed record TypeAdmissionSettings
{
    /// <summary><c>rate</c></summary>
    public RateSettings? Rate { get; init; }

    /// <summary><c>concurrency</c></summary>
    public ConcurrencySettings? Concurrency { get; init; }

    /// <summary><c>breaker</c></summary>
    public BreakerSettings? Breaker { get; init; }

    /// <summary><c>fallback</c></summary>
    public required FallbackSettings Fallback { get; init; }
}
