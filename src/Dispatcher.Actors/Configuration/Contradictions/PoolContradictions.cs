namespace Dispatcher.Actors.Configuration.Contradictions;

/// <summary>
/// Settings of a pool that are good by themselves and do not go together. What has no effect, or cannot be, fails the start; what works and is hardly meant is a
/// doubt, of which the start warns once.
/// </summary>
internal static class PoolContradictions
{
    /// <summary>Reports them.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="handlers">Its handlers.</param>
    public static void Report(SettingsSection section, PoolSettings settings, DeclaredHandlers handlers)
    {
        FallbackContradictions.Report(section, settings, handlers);
        LimitContradictions.Report(section, settings);
        TimeContradictions.Report(section, settings);
        FailureContradictions.Report(section, settings);
        ReportWorkers(section, settings, handlers);
        if (handlers.RollOuts.Count == 0)
            section.ReportNoEffectBelow("roll-out", "no handler of the pool has a second version", except: null);
    }

    private static void ReportWorkers(SettingsSection section, PoolSettings settings, DeclaredHandlers handlers)
    {
        ClassSettings cpu = settings.Classes[WorkerClass.Cpu];
        if (cpu.Cores.Count > cpu.Workers)
            section.ReportNoEffect("cpu.cores", $"only the first {cpu.Workers} of them, as cpu.workers = {cpu.Workers}: expected at most one for each worker");
        if (settings.Measuring != null && !MayMove(settings, handlers))
            section.ReportNoEffect("measuring.enabled", "every type of task has a class of workers by declaration, or a second version: expected one without");
    }

    private static bool MayMove(PoolSettings settings, DeclaredHandlers handlers) =>
        handlers.Classes.Any(handler => handler.Value == null && settings.ClassOf(handler.Key) == null && !handlers.RollOuts.Contains(handler.Key));
}
