using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>Admission: limits, breakers, shares, shedding, one or all of them. At the end every permit has come back, once.</summary>
internal sealed class SimulatedAdmission(World world) : Concern
{
    private static readonly string?[] s_tenants = [null, "a", "b", "c", "d"];
    private static readonly string?[] s_targets = [null, "x", "y", "z"];
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);
    private static readonly BreakerSettings s_breaker = BreakerPresets.Quick with { Window = TimeSpan.FromMilliseconds(50), OpenFor = TimeSpan.FromMilliseconds(20) };
    private static readonly RateSettings s_smooth = new() { Shape = RateShape.LeakyBucket, PermitsPerSecond = 1000, MaxDelay = TimeSpan.FromMilliseconds(20) };
    private static readonly RateSettings s_rate = new() { Shape = RateShape.TokenBucket, PermitsPerSecond = 2000, Burst = 50 };

    /// <summary>How often a queue began to stand whose newest tasks go first then.</summary>
    public int Overloads { get; private set; }

    public override IEnumerable<Deed> Deeds => [new Deed(2, BeginOverload)];

    public override Task VerifyAsync(PoolSnapshot pool)
    {
        int held = (world.Route.Admission.Limit?.InFlight ?? 0) + world.Classes.Sum(static each => each.Core.Gate?.Snapshot().InFlight ?? 0);
        SimulationException.Unless(held == 0, () => $"{held} permits did not come back: {pool}");
        int places = world.Classes.Sum(static each => each.Core.Gate?.Shares?.Held ?? 0);
        SimulationException.Unless(places == 0, () => $"Tenants hold {places} places: {pool}");
        return Task.CompletedTask;
    }

    public static string? DrawTenant(Random random) => s_tenants[random.Next(s_tenants.Length)];

    public static string? DrawTarget(Random random) => s_targets[random.Next(s_targets.Length)];

    public static AdmissionSettings Draw(Random random, PoolSettings pool)
    {
        int kind = random.Next(9);
        bool smooths = kind == 7;
        bool all = kind == 6;
        bool sheds = kind == 3 || all;
        CoDelSettings delay = new() { Interval = s_interval, Target = TimeSpan.FromMilliseconds(2), NewestFirst = kind == 8 && pool.FullPolicy != FullPolicy.Wait };
        ConcurrencySettings limit = new() { Limit = 2 + random.Next(20), Headroom = 0.1, RetryAfter = TimeSpan.FromMilliseconds(5) };
        return new AdmissionSettings
        {
            Rate = kind == 1 || all ? s_rate : smooths ? s_smooth : null,
            TenantRate = kind == 1 || all ? s_rate with { PermitsPerSecond = 1000 } : smooths && random.Next(2) == 0 ? s_smooth with { PermitsPerSecond = 500 } : null,
            Concurrency = kind == 2 || sheds ? limit : null,
            Adaptive = sheds
                ? new AdaptiveLimitSettings { Min = 2, Max = 50, Initial = limit.Limit, TargetWait = TimeSpan.FromMilliseconds(2), Smoothing = 0.2, MinimumSamples = 5 }
                : null,
            CoDel = sheds || kind == 8 ? delay : null,
            Shed = sheds ? new ShedSettings { AcceptFactor = 1.1, Aggression = 1, MaxShare = 0.9, RetryAfter = TimeSpan.FromMilliseconds(5) } : null,
            Window = TimeSpan.FromMilliseconds(10),
            Breaker = kind == 4 || all ? s_breaker : null,
            TargetBreaker = kind == 4 || all ? s_breaker : null,
            MaxTargets = 2,
            MaxTenants = 3,
            Fairness = (kind == 5 || all) && pool.Routing == RoutingPolicy.CreditPull
                ? new FairnessSettings { MaxTenants = 3, MaxShare = 0.6, DefaultWeight = 1, Burst = 2, RetryAfter = TimeSpan.FromMilliseconds(5), Weights = new Dictionary<string, int> { ["b"] = 3 } }
                : null,
            Types = kind == 2 ? new Dictionary<string, TypeAdmissionSettings> { [nameof(SimulatedTask)] = OfType(limit) } : new Dictionary<string, TypeAdmissionSettings>(),
        };
    }

    // Time goes by leaps here, in which most queues run dry. So a class is told of two waits, an interval apart, after which its newest tasks go first.
    private void BeginOverload()
    {
        if (world.AnyClass().Core.Gate?.NewestFirst is not { } delays)
            return;
        Overloads++;
        CoDel delay = delays[world.Random.Next(delays.Count)];
        delay.OnTaken(s_interval.Ticks, 0, world.Time.GetTimestamp(), false);
        world.Time.Advance(s_interval);
        delay.OnTaken(s_interval.Ticks, 0, world.Time.GetTimestamp(), false);
    }

    private static TypeAdmissionSettings OfType(ConcurrencySettings limit) => new()
    {
        Rate = s_rate,
        Concurrency = limit,
        Fallback = new FallbackSettings { OnBreakerOpen = true, OnFailed = false, OnOverload = false },
    };
}
