namespace Dispatcher.Actors.Configuration.Contradictions;

/// <summary>Fallback handlers that nothing calls, and settings for fallback handlers that are not there.</summary>
internal static class FallbackContradictions
{
    private const string NoBreaker = "there is no circuit breaker: expected admission.breaker.preset or admission.targets.preset to be on";

    /// <summary>Reports them.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="handlers">Its handlers.</param>
    public static void Report(SettingsSection section, PoolSettings settings, DeclaredHandlers handlers)
    {
        AdmissionSettings admission = settings.Admission;
        if (handlers.Fallbacks.Count == 0)
            section.ReportNoEffectBelow("admission.fallback", "the pool has no fallback handler", except: null);
        else if (admission.Fallback.OnBreakerOpen && handlers.Fallbacks.All(type => !MayOpen(admission, type.Name)))
            section.ReportNoEffect(TaskKeys.FallbackOnBreakerOpen, NoBreaker);
        foreach (Type type in handlers.Fallbacks.Where(type => handlers.TaskTypes.Contains(type)))
            ReportType(section, admission, type.Name);
    }

    private static bool MayOpen(AdmissionSettings admission, string type) => admission.BreakerOf(type) != null || admission.TargetBreaker != null;

    private static void ReportType(SettingsSection section, AdmissionSettings admission, string type)
    {
        FallbackSettings fallback = admission.FallbackOf(type);
        if (MayOpen(admission, type))
            return;
        if (!fallback.OnFailed && !fallback.OnOverload)
            section.ReportConflictAt($"tasks.{type}.admission.fallback", "a fallback that is never used: expected a circuit breaker (admission.breaker.preset), or on-failed or on-overload = on");
        else if (fallback.OnBreakerOpen)
            section.ReportNoEffect(TaskKeys.Of(type, TaskKeys.FallbackOnBreakerOpen), NoBreaker);
    }
}
