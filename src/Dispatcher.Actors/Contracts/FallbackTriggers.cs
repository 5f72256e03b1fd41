namespace Dispatcher.Actors;

/// <summary>What a fallback handler answers for, in place of the outcome.</summary>
[Flags]
public enum FallbackTriggers
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A refusal by an open circuit breaker: <c>admission.fallback.on-breaker-open</c>.</summary>
    BreakerOpen = 1,

    /// <summary>A failure, retries included: <c>admission.fallback.on-failed</c>.</summary>
    Failed = 2,

    /// <summary>A refusal by a limit, by a full queue or to shed load: <c>admission.fallback.on-overload</c>.</summary>
    Overload = 4,
}
