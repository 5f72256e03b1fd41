namespace Dispatcher.Actors;

/// <summary>When a type of task is answered by its fallback handler instead of its own.</summary>
public sealed record FallbackSettings
{
    /// <summary>When the breaker is open.</summary>
    public required bool OnBreakerOpen { get; init; }

    /// <summary>When the handler failed, retries included.</summary>
    public required bool OnFailed { get; init; }

    /// <summary>When the task was refused by a limit, by a full queue or to shed load.</summary>
    public required bool OnOverload { get; init; }
}
