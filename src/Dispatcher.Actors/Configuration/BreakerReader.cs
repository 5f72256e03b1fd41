namespace Dispatcher.Actors.Configuration;

/// <summary>Reads circuit breakers and fallbacks.</summary>
/// <param name="section">The pool's settings.</param>
/// <param name="isOwn">Whether they are a pool's own.</param>
internal sealed class BreakerReader(SettingsSection section, bool isOwn)
{
    private static readonly string[] s_keys =
        ["failure-rate", "slow-rate", "slow-after", "minimum-calls", "window", "consecutive-failures", "open-for", "probes", "successes-to-close"];

    private bool _isSharedUsed;

    /// <summary>A breaker. The shared one has to be read last.</summary>
    /// <param name="path">Where it stands.</param>
    /// <param name="shared">Where what it does not set is looked up.</param>
    /// <returns>Its rules; null for off.</returns>
    public BreakerSettings? Read(string path, string shared)
    {
        string preset = section.Nearest($"{path}.preset", $"{shared}.preset");
        string kind = section.OneOf(
            preset, ("off", "off"), ("patient", "patient"), ("quick", "quick"), ("consecutive", "consecutive"), ("custom", "custom"));
        BreakerSettings custom = ReadCustom(key => section.Nearest($"{path}.{key}", $"{shared}.{key}"), kind == "custom");
        if (kind == "custom")
        {
            _isSharedUsed |= path != shared;
            return custom;
        }

        foreach (string key in s_keys)
        {
            if (isOwn && !(path == shared && _isSharedUsed))
                section.ReportNoEffect($"{path}.{key}", $"{preset} is {kind}; expected custom");
        }

        return BreakerPresets.Find(kind);
    }

    /// <summary>When a fallback handler answers.</summary>
    /// <param name="path">Where it stands; what it does not set is the pool's.</param>
    public FallbackSettings ReadFallback(string path) => new()
    {
        OnBreakerOpen = section.OnOrOff(section.Nearest($"{path}.on-breaker-open", "admission.fallback.on-breaker-open")),
        OnFailed = section.OnOrOff(section.Nearest($"{path}.on-failed", "admission.fallback.on-failed")),
        OnOverload = section.OnOrOff(section.Nearest($"{path}.on-overload", "admission.fallback.on-overload")),
    };

    private BreakerSettings ReadCustom(Func<string, string> key, bool isUsed)
    {
        double? failures = section.RealOrOff(key("failure-rate"), 0.001, 1);
        double? slow = section.RealOrOff(key("slow-rate"), 0.001, 1);
        int? row = section.NumberOrOff(key("consecutive-failures"), 1, BreakerSettings.MaxCalls);
        bool hasRate = failures != null || slow != null;
        TimeSpan slowAfter = Duration(key("slow-after"), 1);
        int minimum = section.Number(key("minimum-calls"), 1, BreakerSettings.MaxCalls);
        TimeSpan window = Duration(key("window"), 10);
        if (isUsed && isOwn && !hasRate && row == null)
            section.ReportNoEffect(key("preset"), "a custom breaker needs a rule: failure-rate, slow-rate or consecutive-failures");
        if (isUsed && isOwn && slow == null)
            section.ReportNoEffect(key("slow-after"), $"{key("slow-rate")} is off");
        if (isUsed && isOwn && !hasRate)
        {
            section.ReportNoEffect(key("minimum-calls"), $"{key("failure-rate")} and {key("slow-rate")} are off");
            section.ReportNoEffect(key("window"), $"{key("failure-rate")} and {key("slow-rate")} are off");
        }

        return new BreakerSettings
        {
            FailureRate = failures,
            SlowRate = slow,
            SlowAfter = slow == null ? null : slowAfter,
            MinimumCalls = hasRate ? minimum : null,
            Window = hasRate ? window : null,
            ConsecutiveFailures = row,
            OpenFor = Duration(key("open-for"), 1),
            Probes = section.Number(key("probes"), 1, BreakerSettings.MaxCalls),
            SuccessesToClose = section.Number(key("successes-to-close"), 1, BreakerSettings.MaxCalls),
        };
    }

    private TimeSpan Duration(string key, int leastMillis) => section.Duration(key, TimeSpan.FromMilliseconds(leastMillis), TimeSpan.FromHours(1));
}
