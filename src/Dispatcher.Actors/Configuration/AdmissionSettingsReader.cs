namespace Dispatcher.Actors.Configuration;

/// <summary>Reads what may keep a task out of a pool.</summary>
internal sealed class AdmissionSettingsReader
{
    private const string PerSecond = "per-second", Shape = "shape", MaxDelay = "max-delay", Limit = "limit";
    private const int MaxKeys = 1_000_000;
    private const double AdaptiveHeadroom = 0.1;

    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly SettingsSection _section;
    private readonly bool _isOwn;
    private readonly int _workers;
    private readonly int _capacity;
    private bool _isRateShared;
    private bool _isConcurrencyShared;

    /// <summary>Makes a reader.</summary>
    /// <param name="section">The pool's settings.</param>
    /// <param name="isOwn">Whether they are a pool's own; shared defaults may have values that not every pool uses.</param>
    /// <param name="workers">How many tasks the pool can run at once.</param>
    /// <param name="capacity">How many may wait in its queue.</param>
    public AdmissionSettingsReader(SettingsSection section, bool isOwn, int workers, int capacity)
    {
        _section = section;
        _isOwn = isOwn;
        _workers = workers;
        _capacity = capacity;
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="routing">How the pool's tasks find their workers.</param>
    /// <param name="fullPolicy">What its queue does with one task more.</param>
    /// <param name="tasksPerKey">How many tasks of a key run at a time.</param>
    public AdmissionSettings Read(RoutingPolicy routing, FullPolicy fullPolicy, int tasksPerKey)
    {
        AdaptiveLimitSettings? adaptive = ReadAdaptive();
        FairnessSettings? fairness = ReadFairness(routing);
        CoDelSettings? codel = ReadCoDel(fairness, fullPolicy, tasksPerKey);
        ShedSettings? shed = ReadShed(codel);
        BreakerReader breakers = new(_section, _isOwn);
        // What others look up at the pool's rate and concurrency has an effect there; so those come last.
        Dictionary<string, TypeAdmissionSettings> types = _section.Children("tasks").ToDictionary(
            type => type, type => ReadType($"tasks.{type}.admission", breakers), StringComparer.Ordinal);
        RateSettings? tenantRate = ReadRate("admission.tenants.rate", "admission.rate");
        AdmissionSettings settings = new()
        {
            Rate = ReadRate("admission.rate", "admission.rate"),
            Concurrency = ReadConcurrency("admission.concurrency", adaptive),
            Adaptive = adaptive,
            CoDel = codel,
            Shed = shed,
            Window = _section.Duration("admission.window", TimeSpan.FromMilliseconds(10), s_minute),
            TenantRate = tenantRate,
            TenantRates = ReadTenantRates(tenantRate),
            MaxTenants = _section.Number("admission.tenants.max", 1, MaxKeys),
            Fairness = fairness,
            TargetBreaker = breakers.Read("admission.targets", "admission.breaker"),
            MaxTargets = _section.Number("admission.targets.max", 1, MaxKeys),
            Breaker = breakers.Read("admission.breaker", "admission.breaker"),
            Fallback = breakers.ReadFallback("admission.fallback"),
            Types = types,
        };
        if (_isOwn && adaptive == null && shed == null)
            _section.ReportNoEffect("admission.window", "admission.adaptive and admission.shed are off");
        if (_isOwn && tenantRate == null && fairness == null)
            _section.ReportNoEffect("admission.tenants.max", "admission.tenants.rate and admission.tenants.fair are off");
        if (_isOwn && settings.TargetBreaker == null)
            _section.ReportNoEffect("admission.targets.max", "admission.targets.preset is off");
        return settings;
    }

    private TypeAdmissionSettings ReadType(string path, BreakerReader breakers) => new()
    {
        Rate = HasOwn($"{path}.rate", PerSecond, Shape, "burst", MaxDelay) ? ReadRate($"{path}.rate", "admission.rate") : null,
        Concurrency = HasOwn($"{path}.concurrency", Limit, "headroom", "retry-after") ? ReadConcurrency($"{path}.concurrency", null) : null,
        Breaker = breakers.Read($"{path}.breaker", "admission.breaker"),
        Fallback = breakers.ReadFallback($"{path}.fallback"),
    };

    // A type has a limit of its own where it has the number; what else it sets is nothing without.
    private bool HasOwn(string path, string number, params ReadOnlySpan<string> others)
    {
        if (_section.Has($"{path}.{number}"))
            return true;
        foreach (string key in others)
        {
            if (_section.Has($"{path}.{key}") && _isOwn)
                _section.ReportNoEffect($"{path}.{key}", $"{path}.{number} is not set");
        }

        return false;
    }

    private RateSettings? ReadRate(string path, string shared)
    {
        double? rate = _section.RealOrOff($"{path}.{PerSecond}", RateSettings.MinRate, RateSettings.MaxRate);
        string shape = _section.Nearest($"{path}.{Shape}", $"{shared}.{Shape}");
        string burst = _section.Nearest($"{path}.burst", $"{shared}.burst");
        RateShape kind = _section.OneOf(shape, ("token-bucket", RateShape.TokenBucket), ("leaky-bucket", RateShape.LeakyBucket));
        // As much as the rate brings in a second, and no more than it brings in a day.
        int most = (int)Math.Clamp((rate ?? RateSettings.MaxRate) * RateSettings.MaxFill.TotalSeconds, 1, RateSettings.MaxBurst);
        int count = _section.Number(burst, 1, most, (int)Math.Clamp(Math.Ceiling(rate ?? 1), 1, most));
        TimeSpan? maxDelay = _section.DurationOrOff(
            _section.Nearest($"{path}.{MaxDelay}", $"{shared}.{MaxDelay}"), s_millisecond, RateSettings.LongestDelay(rate ?? RateSettings.MinRate));
        bool isShared = path == shared;
        _isRateShared |= !isShared && rate != null;
        if (_isOwn && rate == null && !(isShared && _isRateShared))
        {
            _section.ReportNoEffect($"{path}.{Shape}", $"{path}.{PerSecond} is off");
            _section.ReportNoEffect($"{path}.burst", $"{path}.{PerSecond} is off");
            _section.ReportNoEffect($"{path}.{MaxDelay}", $"{path}.{PerSecond} is off");
        }
        else if (_isOwn && rate != null && kind == RateShape.LeakyBucket)
        {
            _section.ReportNoEffect($"{path}.burst", $"{shape} is leaky-bucket");
        }
        else if (_isOwn && rate != null && kind == RateShape.TokenBucket)
        {
            _section.ReportNoEffect($"{path}.{MaxDelay}", $"{shape} is token-bucket");
        }

        return rate is not { } perSecond ? null : kind == RateShape.TokenBucket
            ? new RateSettings { Shape = kind, PermitsPerSecond = perSecond, Burst = count }
            : new RateSettings { Shape = kind, PermitsPerSecond = perSecond, MaxDelay = maxDelay ?? TimeSpan.Zero };
    }

    private ConcurrencySettings? ReadConcurrency(string path, AdaptiveLimitSettings? adaptive)
    {
        int? limit = _section.NumberOrOff($"{path}.{Limit}", 1, ConcurrencySettings.MaxLimit);
        double headroom = _section.Real(_section.Nearest($"{path}.headroom", "admission.concurrency.headroom"), 0, 0.4, adaptive == null ? 0 : AdaptiveHeadroom);
        TimeSpan retryAfter = _section.Duration(_section.Nearest($"{path}.retry-after", "admission.concurrency.retry-after"), s_millisecond, s_hour);
        if (adaptive != null && limit != null && _isOwn)
            _section.ReportNoEffect($"{path}.{Limit}", "admission.adaptive is on and finds the limit by itself");
        limit = adaptive?.Initial ?? limit;
        _isConcurrencyShared |= limit != null;
        if (limit == null && _isOwn && !_isConcurrencyShared)
        {
            _section.ReportNoEffect($"{path}.headroom", $"{path}.{Limit} is off");
            _section.ReportNoEffect($"{path}.retry-after", $"{path}.{Limit} is off");
        }

        return limit is { } count ? new ConcurrencySettings { Limit = count, Headroom = headroom, RetryAfter = retryAfter } : null;
    }

    private AdaptiveLimitSettings? ReadAdaptive()
    {
        const string Path = "admission.adaptive";
        bool isOn = _section.OnOrOff($"{Path}.enabled");
        int min = _section.Number($"{Path}.min", 1, ConcurrencySettings.MaxLimit, _workers);
        int max = _section.Number($"{Path}.max", min, ConcurrencySettings.MaxLimit, Math.Max(min, (int)Math.Min((long)_workers + _capacity, ConcurrencySettings.MaxLimit)));
        AdaptiveLimitSettings settings = new()
        {
            Min = min,
            Max = max,
            Initial = _section.Number($"{Path}.initial", min, max, max),
            TargetWait = _section.Duration($"{Path}.target-wait", TimeSpan.FromMicroseconds(100), s_minute),
            Smoothing = _section.Real($"{Path}.smoothing", 0.01, 1),
            MinimumSamples = _section.Number($"{Path}.minimum-samples", 1, 1_000_000),
        };
        ReportOff(isOn, Path, "min", "max", "initial", "target-wait", "smoothing", "minimum-samples");
        return isOn ? settings : null;
    }

    private CoDelSettings? ReadCoDel(FairnessSettings? fairness, FullPolicy fullPolicy, int tasksPerKey)
    {
        const string Path = "admission.codel";
        bool isOn = _section.OnOrOff($"{Path}.enabled");
        TimeSpan interval = _section.Duration($"{Path}.interval", s_millisecond, s_minute);
        TimeSpan target = _section.Duration($"{Path}.target", TimeSpan.FromMicroseconds(100), interval / 2);
        bool newestFirst = _section.OnOrOff($"{Path}.newest-first");
        ReportOff(isOn, Path, "interval", "target", "newest-first");
        // What stands against it; where the key is one of the defaults of all pools, this pool does without.
        string? against = fairness != null ? "admission.tenants.fair is on, and tenants are served in turn"
            : fullPolicy == FullPolicy.Wait ? "queue.full-policy is wait, and the one that has waited longest comes next"
            : tasksPerKey > 1 ? "tasks-per-key is more than 1, and tasks of a key would start in reverse order"
            : null;
        if (isOn && newestFirst && against != null && _isOwn)
            _section.ReportNoEffect($"{Path}.newest-first", against);
        return isOn ? new CoDelSettings { Interval = interval, Target = target, NewestFirst = newestFirst && against == null } : null;
    }

    private ShedSettings? ReadShed(CoDelSettings? codel)
    {
        const string Path = "admission.shed";
        bool isOn = _section.OnOrOff($"{Path}.enabled");
        ShedSettings settings = new()
        {
            AcceptFactor = _section.Real($"{Path}.accept-factor", 1.01, 10),
            Aggression = _section.Real($"{Path}.aggression", 0.1, 10),
            MaxShare = _section.Real($"{Path}.max-share", 0.1, 1),
            RetryAfter = _section.Duration($"{Path}.retry-after", s_millisecond, s_hour),
        };
        ReportOff(isOn, Path, "accept-factor", "aggression", "max-share", "retry-after");
        if (isOn && codel == null && _isOwn)
            _section.ReportNoEffect($"{Path}.enabled", "admission.codel is off, which tells it when a queue stands");
        return isOn ? settings : null;
    }

    private FairnessSettings? ReadFairness(RoutingPolicy routing)
    {
        const string Path = "admission.tenants";
        bool isOn = _section.OnOrOff($"{Path}.fair");
        FairnessSettings settings = new()
        {
            MaxTenants = _section.Number($"{Path}.max", 1, MaxKeys),
            MaxShare = _section.Real($"{Path}.share", 0.01, 1),
            DefaultWeight = _section.Number($"{Path}.weight", 1, FairnessSettings.MaxWeight),
            Burst = _section.Number($"{Path}.burst", 1, 1_000),
            RetryAfter = _section.Duration($"{Path}.retry-after", s_millisecond, s_hour),
            Weights = _section.Children($"{Path}.weights").ToDictionary(
                tenant => tenant, tenant => _section.Number($"{Path}.weights.{tenant}", 1, FairnessSettings.MaxWeight), StringComparer.Ordinal),
        };
        ReportOff(isOn, Path, "share", "weight", "burst", "retry-after");
        if (isOn && routing != RoutingPolicy.CreditPull && _isOwn)
            _section.ReportNoEffect($"{Path}.fair", "it shares one queue, and with this routing each worker has its own; expected routing = credit-pull");
        foreach (string tenant in settings.Weights.Keys)
            ReportOff(isOn, Path, $"weights.{tenant}");
        return isOn ? settings : null;
    }

    private Dictionary<string, RateSettings> ReadTenantRates(RateSettings? each)
    {
        Dictionary<string, RateSettings> rates = new(StringComparer.Ordinal);
        foreach (string tenant in _section.Children("admission.tenants.rates"))
        {
            string key = $"admission.tenants.rates.{tenant}";
            double rate = _section.Real(key, RateSettings.MinRate, RateSettings.HighestRate(each?.MaxDelay ?? TimeSpan.Zero));
            if (each == null && _isOwn)
                _section.ReportNoEffect(key, $"admission.tenants.rate.{PerSecond} is off, the limit of the tenants that are not named");
            else if (each != null)
                rates[tenant] = each with { PermitsPerSecond = rate, Burst = each.Burst == null ? null : (int)Math.Clamp(Math.Ceiling(rate), 1, RateSettings.MaxBurst) };
        }

        return rates;
    }

    private void ReportOff(bool isOn, string path, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (!isOn && _isOwn)
                _section.ReportNoEffect($"{path}.{key}", $"{path}.{(path.EndsWith("tenants", StringComparison.Ordinal) ? "fair" : "enabled")} is off");
        }
    }
}
