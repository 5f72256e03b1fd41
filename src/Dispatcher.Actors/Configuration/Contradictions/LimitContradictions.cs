using System.Globalization;

namespace Dispatcher.Actors.Configuration.Contradictions;

/// <summary>Limits that others make idle, or that leave workers idle.</summary>
internal static class LimitContradictions
{
    private const string PoolRate = "admission.rate.per-second", PoolLimit = "admission.concurrency.limit";

    /// <summary>Reports them.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="settings">Its settings.</param>
    public static void Report(SettingsSection section, PoolSettings settings)
    {
        AdmissionSettings admission = settings.Admission;
        long workers = (long)settings.WorkersMax * settings.Concurrency;
        if (settings.QueueCapacity < workers && settings.Routing == RoutingPolicy.CreditPull)
            section.ReportDoubt("queue.capacity", $"a burst is refused while workers are idle, as {workers} tasks run at once: expected that many at least");
        if (admission is { Adaptive: null, Concurrency: { } limit } && limit.Limit < workers)
            section.ReportDoubt(PoolLimit, $"workers stay idle, as {workers} tasks may run at once: expected that many at least");
        if (admission.Fairness is { } fair && settings.QueueCapacity * fair.MaxShare < 1)
            section.ReportDoubt("admission.tenants.share", $"less than one place of queue.capacity = {settings.QueueCapacity}; a tenant has one nevertheless: expected {Text(1.0 / settings.QueueCapacity)} at least");
        if (admission is { Rate: { } all, TenantRate: { } each } && each.PermitsPerSecond >= all.PermitsPerSecond)
            section.ReportDoubt("admission.tenants.rate.per-second", $"one tenant may take all that {PoolRate} lets in: expected less than {Text(all.PermitsPerSecond)}");
        foreach ((string type, TypeAdmissionSettings own) in admission.Types)
            ReportType(section, admission, type, own);
    }

    private static void ReportType(SettingsSection section, AdmissionSettings admission, string type, TypeAdmissionSettings own)
    {
        if (own.Rate is { } rate && admission.Rate is { } all && rate.PermitsPerSecond > all.PermitsPerSecond)
            section.ReportDoubt($"tasks.{type}.{PoolRate}", $"{PoolRate} of the pool keeps tasks out before: expected at most {Text(all.PermitsPerSecond)}");
        int? most = admission.Adaptive?.Max ?? admission.Concurrency?.Limit;
        if (own.Concurrency is { } limit && limit.Limit > most)
            section.ReportNoEffect($"tasks.{type}.{PoolLimit}", $"the pool's limit comes first: expected at most {most}");
    }

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
