using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors;

/// <summary>Everything that may keep a task out of a pool. What is null is off.</summary>
public sealed record AdmissionSettings
{
    /// <summary>The pool's rate limit.</summary>
    public RateSettings? PoolRate { get; init; }

    /// <summary>Rate limits of types of task, by the type's name.</summary>
    public IReadOnlyDictionary<string, RateSettings> TypeRates { get; init; } = new Dictionary<string, RateSettings>();

    /// <summary>The rate limit of each tenant that is not named.</summary>
    public RateSettings? TenantRate { get; init; }

    /// <summary>Rate limits of tenants by name. Need <see cref="TenantRate"/> for the others.</summary>
    public IReadOnlyDictionary<string, RateSettings> TenantRates { get; init; } = new Dictionary<string, RateSettings>();

    /// <summary>How many tenants are told apart for their rates at a time. 1 to 1,000,000.</summary>
    public int MaxTenants { get; init; }

    /// <summary>The pool's concurrency limit; where it adapts itself, the start and the hint come from here and <see cref="AdaptiveLimit"/>.</summary>
    public ConcurrencySettings? PoolLimit { get; init; }

    /// <summary>Concurrency limits of types of task, by the type's name.</summary>
    public IReadOnlyDictionary<string, ConcurrencySettings> TypeLimits { get; init; } = new Dictionary<string, ConcurrencySettings>();

    /// <summary>Makes the pool's concurrency limit find its value by itself. Needs <see cref="PoolLimit"/>.</summary>
    public AdaptiveLimitSettings? AdaptiveLimit { get; init; }

    /// <summary>Controlled delay.</summary>
    public CoDelSettings? CoDel { get; init; }

    /// <summary>Shedding by class. Needs <see cref="CoDel"/>, which tells it when.</summary>
    public ShedSettings? Shed { get; init; }

    /// <summary>Circuit breakers of types of task, by the type's name.</summary>
    public IReadOnlyDictionary<string, BreakerSettings> TypeBreakers { get; init; } = new Dictionary<string, BreakerSettings>();

    /// <summary>The circuit breaker of each target.</summary>
    public BreakerSettings? TargetBreaker { get; init; }

    /// <summary>How many targets have a breaker at a time. 1 to 1,000,000.</summary>
    public int MaxTargets { get; init; }

    /// <summary>Reports everything that is out of range, contradicts itself or has no effect.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        PoolRate?.Check($"{path}.pool-rate", errors);
        CheckEach(TypeRates, $"{path}.type-rates", errors, static (rate, at, to) => rate.Check(at, to));
        TenantRate?.Check($"{path}.tenant-rate", errors);
        CheckEach(TenantRates, $"{path}.tenant-rates", errors, static (rate, at, to) => rate.Check(at, to));
        PoolLimit?.Check($"{path}.pool-limit", errors);
        CheckEach(TypeLimits, $"{path}.type-limits", errors, static (limit, at, to) => limit.Check(at, to));
        AdaptiveLimit?.Check($"{path}.adaptive-limit", errors);
        CoDel?.Check($"{path}.codel", errors);
        Shed?.Check($"{path}.shed", errors);
        CheckEach(TypeBreakers, $"{path}.type-breakers", errors, static (breaker, at, to) => breaker.Check(at, to));
        TargetBreaker?.Check($"{path}.target-breaker", errors);
        CheckTogether(check);
    }

    private void CheckTogether(SettingsCheck check)
    {
        const int MaxKeys = 1_000_000;
        if (TenantRate == null && TenantRates.Count > 0)
            check.Fail("tenant-rates", null, "need tenant-rate, the limit of the tenants that are not named");
        if (TenantRate != null)
            check.Whole("max-tenants", MaxTenants, 1, MaxKeys);
        if (AdaptiveLimit != null && PoolLimit == null)
            check.Fail("adaptive-limit", null, "has no effect without pool-limit");
        if (Shed != null && CoDel == null)
            check.Fail("shed", null, "has no effect without codel, which tells it when a queue stands");
        if (TargetBreaker != null)
            check.Whole("max-targets", MaxTargets, 1, MaxKeys);
    }

    private static void CheckEach<T>(
        IReadOnlyDictionary<string, T> records, string path, ICollection<SettingsError> errors, Action<T, string, ICollection<SettingsError>> check)
    {
        foreach ((string name, T record) in records)
            check(record, $"{path}.{name}", errors);
    }
}
