using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Limits;

public sealed class HybridLimiterTests
{
    private static readonly ConcurrencySettings s_two = new() { Limit = 2, Headroom = 0, RetryAfter = TimeSpan.FromMilliseconds(50) };
    private readonly ManualTime _time = new();

    [Fact]
    public void TryEnter_RateIsSpent_SaysRateLimitedAndWhenToTryAgain()
    {
        HybridLimiter limiter = new(null, Rate(2, 1), Limit(s_two with { Limit = 1 }));
        Assert.Null(Enter(limiter));
        Rejected? verdict = Enter(limiter);
        Assert.Equal(RejectReason.RateLimited, verdict?.Reason);
        Assert.Equal(TimeSpan.FromMilliseconds(500), verdict?.RetryAfter);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(TimeSpan.FromMilliseconds(1), Enter(limiter)?.RetryAfter);
    }

    [Fact]
    public void TryEnter_RateIsLeftAndConcurrencyNot_SaysConcurrencyLimited()
    {
        HybridLimiter limiter = new(null, Rate(1, 10), Limit(s_two));
        Assert.Null(Enter(limiter));
        Assert.Null(Enter(limiter));
        Rejected? verdict = Enter(limiter);
        Assert.Equal(RejectReason.ConcurrencyLimited, verdict?.Reason);
        Assert.Equal(s_two.RetryAfter, verdict?.RetryAfter);
    }

    [Fact]
    public void TryEnter_RefusedByConcurrency_SpendsNothingOfTheRate()
    {
        RateBucket rate = Rate(1, 3);
        HybridLimiter limiter = new(null, rate, Limit(s_two));
        Enter(limiter);
        Enter(limiter);
        for (int i = 0; i < 5; i++)
            Assert.Equal(RejectReason.ConcurrencyLimited, Enter(limiter)?.Reason);
        limiter.Exit(TypeAdmission.None);
        Assert.Null(Enter(limiter));
        limiter.Exit(TypeAdmission.None);
        Assert.Equal(RejectReason.RateLimited, Enter(limiter)?.Reason);
    }

    [Fact]
    public void TryEnter_RefusedByThePool_GivesTheShareOfTypeAndTenantBack()
    {
        KeyedRates tenants = new(Settings(1, 1), new Dictionary<string, RateSettings>(), 10, _time);
        TypeAdmission type = new(Rate(1, 1), null, null);
        HybridLimiter limiter = new(tenants, Rate(1000, 1), null);
        Assert.Null(Enter(limiter, tenant: "other"));
        Rejected? verdict = Enter(limiter, type, tenant: "a");
        Assert.Equal(RejectReason.RateLimited, verdict?.Reason);
        Assert.Equal(TimeSpan.FromMilliseconds(1), verdict?.RetryAfter);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(Enter(limiter, type, tenant: "a"));
    }

    [Fact]
    public void TryEnter_TenantOverItsRate_CostsThePoolNothing()
    {
        KeyedRates tenants = new(Settings(1, 1), new Dictionary<string, RateSettings>(), 10, _time);
        HybridLimiter limiter = new(tenants, Rate(1, 2), null);
        Enter(limiter, tenant: "a");
        for (int i = 0; i < 5; i++)
            Assert.Equal(TimeSpan.FromSeconds(1), Enter(limiter, tenant: "a")?.RetryAfter);
        Assert.Null(Enter(limiter, tenant: "b"));
    }

    [Fact]
    public void TryEnter_TypeWithoutALimit_IsFree()
    {
        HybridLimiter limiter = new(null, null, null);
        TypeAdmission one = new(null, Limit(s_two with { Limit = 1 }), null), two = new(Rate(1, 1), null, null);
        Assert.Null(Enter(limiter, one));
        Assert.Equal(RejectReason.ConcurrencyLimited, Enter(limiter, one)?.Reason);
        Assert.Null(Enter(limiter, two));
        Assert.Equal(RejectReason.RateLimited, Enter(limiter, two)?.Reason);
        Assert.Null(Enter(limiter));
        Assert.Null(Enter(limiter));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TryEnter_ManyThreads_NoPermitIsLost(int seed)
    {
        ConcurrencyLimiter pool = Limit(s_two), type = Limit(s_two);
        HybridLimiter limiter = new(null, Rate(1000, 100), pool);
        TypeAdmission own = new(null, type, null);
        long accepted = 0, refused = 0;
        await Crowd.Run(4, seed, (_, random) =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                if (random.Next(20) == 0)
                    _time.Advance(TimeSpan.FromMilliseconds(random.Next(5)));
                TypeAdmission kind = random.Next(2) == 0 ? TypeAdmission.None : own;
                if (Enter(limiter, kind) != null)
                {
                    Interlocked.Increment(ref refused);
                    continue;
                }

                Interlocked.Increment(ref accepted);
                limiter.Exit(kind);
            }
        });
        Assert.Equal(40_000, accepted + refused);
        Assert.Equal(0, pool.InFlight);
        Assert.Equal(0, type.InFlight);
    }

    private Rejected? Enter(HybridLimiter limiter, TypeAdmission? type = null, string? tenant = null) =>
        limiter.TryEnter(new AdmissionRequest(type ?? TypeAdmission.None, TaskPriority.P1, tenant, null, null, _time.GetTimestamp()), out _);

    private RateBucket Rate(double rate, int burst) => new(Settings(rate, burst), _time);

    private static RateSettings Settings(double rate, int burst) => new() { Shape = RateShape.TokenBucket, PermitsPerSecond = rate, Burst = burst };

    private static ConcurrencyLimiter Limit(ConcurrencySettings settings) => new(settings);
}
