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
        HybridLimiter limiter = new(null, [], Rate(2, 1), [], Limit(s_two with { Limit = 1 }));
        Assert.True(Enter(limiter).IsAccepted);
        AdmissionVerdict verdict = Enter(limiter);
        Assert.Equal(RejectReason.RateLimited, verdict.Refusal);
        Assert.Equal(TimeSpan.FromMilliseconds(500), verdict.RetryAfter);
        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(TimeSpan.FromMilliseconds(1), Enter(limiter).RetryAfter);
    }

    [Fact]
    public void TryEnter_RateIsLeftAndConcurrencyNot_SaysConcurrencyLimited()
    {
        HybridLimiter limiter = new(null, [], Rate(1, 10), [], Limit(s_two));
        Assert.True(Enter(limiter).IsAccepted);
        Assert.True(Enter(limiter).IsAccepted);
        AdmissionVerdict verdict = Enter(limiter);
        Assert.Equal(RejectReason.ConcurrencyLimited, verdict.Refusal);
        Assert.Equal(s_two.RetryAfter, verdict.RetryAfter);
    }

    [Fact]
    public void TryEnter_RefusedByConcurrency_SpendsNothingOfTheRate()
    {
        RateBucket rate = Rate(1, 3);
        HybridLimiter limiter = new(null, [], rate, [], Limit(s_two));
        Enter(limiter);
        Enter(limiter);
        for (int i = 0; i < 5; i++)
            Assert.Equal(RejectReason.ConcurrencyLimited, Enter(limiter).Refusal);
        limiter.Exit(0);
        Assert.True(Enter(limiter).IsAccepted);
        limiter.Exit(0);
        Assert.Equal(RejectReason.RateLimited, Enter(limiter).Refusal);
    }

    [Fact]
    public void TryEnter_RefusedByThePool_GivesTheShareOfTypeAndTenantBack()
    {
        KeyedRates tenants = new(Settings(1, 1), new Dictionary<string, RateSettings>(), 10, _time);
        RateBucket type = Rate(1, 1);
        HybridLimiter limiter = new(tenants, [type], Rate(1000, 1), [], null);
        Assert.True(Enter(limiter, type: 1, tenant: "other").IsAccepted);
        AdmissionVerdict verdict = Enter(limiter, tenant: "a");
        Assert.Equal(RejectReason.RateLimited, verdict.Refusal);
        Assert.Equal(TimeSpan.FromMilliseconds(1), verdict.RetryAfter);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Enter(limiter, tenant: "a").IsAccepted);
    }

    [Fact]
    public void TryEnter_TenantOverItsRate_CostsThePoolNothing()
    {
        KeyedRates tenants = new(Settings(1, 1), new Dictionary<string, RateSettings>(), 10, _time);
        HybridLimiter limiter = new(tenants, [], Rate(1, 2), [], null);
        Enter(limiter, tenant: "a");
        for (int i = 0; i < 5; i++)
            Assert.Equal(TimeSpan.FromSeconds(1), Enter(limiter, tenant: "a").RetryAfter);
        Assert.True(Enter(limiter, tenant: "b").IsAccepted);
    }

    [Fact]
    public void TryEnter_TypeWithoutALimit_IsFree()
    {
        HybridLimiter limiter = new(null, [null, Rate(1, 1)], null, [Limit(s_two with { Limit = 1 })], null);
        Assert.True(Enter(limiter, type: 0).IsAccepted);
        Assert.Equal(RejectReason.ConcurrencyLimited, Enter(limiter, type: 0).Refusal);
        Assert.True(Enter(limiter, type: 1).IsAccepted);
        Assert.Equal(RejectReason.RateLimited, Enter(limiter, type: 1).Refusal);
        Assert.True(Enter(limiter, type: 7).IsAccepted);
    }

    [Fact]
    public void TryEnter_LeakyBucket_AcceptsWithTheTasksMoment()
    {
        RateBucket leaky = new(new RateSettings { Shape = RateShape.LeakyBucket, PermitsPerSecond = 10, MaxDelay = TimeSpan.FromMilliseconds(200) }, _time);
        HybridLimiter limiter = new(null, [], leaky, [], null);
        Assert.Equal(0, Enter(limiter).Delay);
        Assert.Equal(TimeSpan.FromMilliseconds(100).Ticks, Enter(limiter).Delay);
        Assert.Equal(TimeSpan.FromMilliseconds(200).Ticks, Enter(limiter).Delay);
        Assert.Equal(TimeSpan.FromMilliseconds(100), Enter(limiter).RetryAfter);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task TryEnter_ManyThreads_NoPermitIsLost(int seed)
    {
        ConcurrencyLimiter pool = Limit(s_two), type = Limit(s_two);
        HybridLimiter limiter = new(null, [], Rate(1000, 100), [type], pool);
        long accepted = 0, refused = 0;
        await Crowd.Run(4, seed, (_, random) =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                if (random.Next(20) == 0)
                    _time.Advance(TimeSpan.FromMilliseconds(random.Next(5)));
                int kind = random.Next(2);
                if (!Enter(limiter, kind).IsAccepted)
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

    private AdmissionVerdict Enter(HybridLimiter limiter, int type = 0, string? tenant = null) =>
        limiter.TryEnter(new AdmissionRequest(TaskPriority.P1, type, tenant, null, _time.GetTimestamp()), out _);

    private RateBucket Rate(double rate, int burst) => new(Settings(rate, burst), _time);

    private static RateSettings Settings(double rate, int burst) => new() { Shape = RateShape.TokenBucket, PermitsPerSecond = rate, Burst = burst };

    private static ConcurrencyLimiter Limit(ConcurrencySettings settings) => new(settings);
}
