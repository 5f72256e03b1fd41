using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors;

/// <summary>When a type of task is answered by its fallback handler instead of its own.</summary>
public sealed record FallbackSettings
{
    /// <summary>When the breaker is open.</summary>
    public required bool OnBreakerOpen { get; init; }

    /// <summary>When the handler failed, retries included.</summary>
    public required bool OnFailed { get; init; }

    /// <summary>When the task was refused by a rate limit, a concurrency limit or to shed load.</summary>
    public required bool OnOverload { get; init; }

    /// <summary>Reports what contradicts itself.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="hasBreaker">Whether the type of task has a breaker.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, bool hasBreaker, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        if (OnBreakerOpen && !hasBreaker)
            check.Fail("on-breaker-open", "true", "has no effect: this type of task has no breaker");
        if (!OnBreakerOpen && !OnFailed && !OnOverload)
            check.Fail("on-breaker-open", "false", "a fallback that is never used: expected one of on-breaker-open, on-failed, on-overload to be true");
    }
}
