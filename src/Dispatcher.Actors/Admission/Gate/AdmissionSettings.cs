namespace Dispatcher.Actors;

/// <summary>Everything that may keep a task out of a pool. What is null is off.</summary>
public sealed record AdmissionSettings
{
    /// <summary><c>admission.rate</c></summary>
    public RateSettings? Rate { get; init; }

    /// <summary><c>admission.concurrency</c>; where the limit adapts itself, headroom and hint come from here.</summary>
    public ConcurrencySettings? Concurrency { get; init; }

    /// <summary><c>admission.adaptive</c></summary>
    public AdaptiveLimitSettings? Adaptive { get; init; }

    /// <summary><c>admission.codel</c></summary>
    public CoDelSettings? CoDel { get; init; }

    /// <summary><c>admission.shed</c></summary>
    public ShedSettings? Shed { get; init; }

    /// <summary><c>admission.window</c></summary>
    public TimeSpan Window { get; init; }

    /// <summary><c>admission.tenants.rate</c></summary>
    public RateSettings? TenantRate { get; init; }

    /// <summary><c>admission.tenants.rates</c>, by the tenant's name.</summary>
    public IReadOnlyDictionary<string, RateSettings> TenantRates { get; init; } = new Dictionary<string, RateSettings>();

    /// <summary><c>admission.tenants.max</c></summary>
    public int MaxTenants { get; init; }

    /// <summary><c>admission.tenants</c>: how the queue is shared between them.</summary>
    public FairnessSettings? Fairness { get; init; }

    /// <summary><c>admission.targets</c></summary>
    public BreakerSettings? TargetBreaker { get; init; }

    /// <summary><c>admission.targets.max</c></summary>
    public int MaxTargets { get; init; }

    /// <summary><c>admission.breaker</c>: of each type of task that has none of its own.</summary>
    public BreakerSettings? Breaker { get; init; }

    /// <summary><c>admission.fallback</c>: of each type of task that has none of its own.</summary>
    public FallbackSettings Fallback { get; init; } = new() { OnBreakerOpen = true, OnFailed = false, OnOverload = false };

    /// <summary><c>tasks.NAME.admission</c>, by the name of the type.</summary>
    public IReadOnlyDictionary<string, TypeAdmissionSettings> Types { get; init; } = new Dictionary<string, TypeAdmissionSettings>();

    /// <summary>Nothing.</summary>
    public static AdmissionSettings Off { get; } = new();

    /// <summary>Whether nothing is on: then a task passes no gate at all.</summary>
    public bool IsOff =>
        Rate == null && Concurrency == null && Adaptive == null && CoDel == null && Shed == null && TenantRate == null && Fairness == null
        && TargetBreaker == null && Breaker == null && Types.Values.All(type => type is { Rate: null, Concurrency: null, Breaker: null });

    internal FallbackSettings FallbackOf(string type) => Types.TryGetValue(type, out TypeAdmissionSettings? own) ? own.Fallback : Fallback;

    internal BreakerSettings? BreakerOf(string type) => Types.TryGetValue(type, out TypeAdmissionSettings? own) ? own.Breaker : Breaker;
}
