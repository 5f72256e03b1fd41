namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>Decides whether a task's fallback handler answers in place of an outcome. Asked once a task: what a fallback ends with stands.</summary>
internal static class FallbackPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="outcome">How the task would end.</param>
    /// <param name="settings">The type's fallback.</param>
    public static bool Uses(OutcomeDetail outcome, FallbackSettings settings) => outcome switch
    {
        Rejected { Reason: RejectReason.BreakerOpen } => settings.OnBreakerOpen,
        Rejected { Reason: RejectReason.RateLimited or RejectReason.ConcurrencyLimited or RejectReason.TenantLimited or RejectReason.Shed or RejectReason.QueueFull } =>
            settings.OnOverload,
        Failed => settings.OnFailed,
        // Nobody waits for the others any more, or the pool itself is about to go.
        _ => false,
    };
}
