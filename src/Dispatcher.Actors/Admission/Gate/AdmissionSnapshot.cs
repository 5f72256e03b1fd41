namespace Dispatcher.Actors;

/// <summary>The admission of a pool at one moment.</summary>
public sealed record AdmissionSnapshot
{
    /// <summary>Tasks that count for the pool's concurrency limit; null without one.</summary>
    public required int? InFlight { get; init; }

    /// <summary>The pool's concurrency limit; null without one.</summary>
    public required int? Limit { get; init; }

    /// <summary>Why the adaptive limit is what it is; null without one, and before its first decision.</summary>
    public required string? LimitReason { get; init; }

    /// <summary>Whether the queue is a standing delay rather than a buffer.</summary>
    public required bool QueueStands { get; init; }

    /// <summary>The share of class P0 that is shed at the door, 0 to 1.</summary>
    public required double ShedP0 { get; init; }

    /// <summary>Of class P1.</summary>
    public required double ShedP1 { get; init; }

    /// <summary>Of class P2.</summary>
    public required double ShedP2 { get; init; }

    /// <summary>The circuit breakers and their states, by type of task or target.</summary>
    public required IReadOnlyDictionary<string, BreakerState> Breakers { get; init; }

    /// <summary>Tasks that went to a target without a breaker because there was no room for one.</summary>
    public required long UnguardedTargets { get; init; }
}
