namespace Dispatcher.Actors.Tests.BadInput;

/// <summary>Where keys of <c>hocon/reference.conf</c> may stand besides: below a pool, a type of task, tenants, targets, a rule of an application.</summary>
internal static class ReferencePlaces
{
    public const string Defaults = "dispatcher.pool-defaults.", Own = "dispatcher.pools.p.", OfType = "dispatcher.pools.p.tasks.Plain.";
    public const string OfAlerts = "dispatcher.alerts.", OfDiagnosis = "dispatcher.diagnosis.";

    private const string Rate = "admission.rate.", Breaker = "admission.breaker.", Rule = "dispatcher.alerts.rules.failures.";

    // What the section tasks lists.
    private static readonly string[] s_ofType =
        ["contract.", "roll-out.", "retries.", "queue.budget", "payload-cap", Rate, "admission.concurrency.", Breaker, "admission.fallback."];

    // Of retries those about one task.
    private static readonly string[] s_ofPool = ["retries.budget-percent", "retries.budget-floor", "retries.max-delayed", "retries.poison-after"];

    /// <summary>Whether a key below a pool may stand below a type of task too.</summary>
    public static bool IsOfType(string key) => s_ofType.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)) && !s_ofPool.Contains(key);

    /// <summary>The key itself, and the other places at which it may stand.</summary>
    public static IEnumerable<ReferenceKey> Of(ReferenceKey key)
    {
        yield return key;
        if (key.Path.StartsWith(Rule, StringComparison.Ordinal))
        {
            string rule = $"{OfAlerts}rules.mine.";
            yield return key.At(rule + key.Path[Rule.Length..], $"{rule}on = [failed], {rule}level = P0");
            yield return key.At(rule + "errors", $"{rule}on = [failed], {rule}level = P0") with { Default = "[]" };
        }

        if (!key.Path.StartsWith(Defaults, StringComparison.Ordinal))
            yield break;
        string name = key.Path[Defaults.Length..];
        yield return key.At(Own + name);
        if (IsOfType(name))
            yield return key.At(OfType + name, With(OfType, name));
        if (name.StartsWith(Rate, StringComparison.Ordinal))
            yield return key.At($"{Own}admission.tenants.rate.{name[Rate.Length..]}", $"{Own}admission.tenants.rate.per-second = 5");
        if (name.StartsWith(Breaker, StringComparison.Ordinal))
            yield return key.At($"{Own}admission.targets.{name[Breaker.Length..]}");
    }

    /// <summary>Sections whose keys are names of the application's choice, with the range that their comment states.</summary>
    public static IEnumerable<ReferenceKey> Named =>
        from section in ReferenceFile.Sections
        where section.Comment.Contains("NAME = ", StringComparison.Ordinal)
        from place in (string[])[section.Path, section.Path.Replace(Defaults, Own, StringComparison.Ordinal)]
        select section.At($"{place}.acme", $"{Own}admission.tenants {{ fair = on, rate.per-second = 1 }}");

    private static string With(string place, string name) => name switch
    {
        _ when name.StartsWith(Rate, StringComparison.Ordinal) => $"{place}{Rate}per-second = 5",
        _ when name.StartsWith("admission.concurrency.", StringComparison.Ordinal) => $"{place}admission.concurrency.limit = 5",
        _ => "",
    };
}
