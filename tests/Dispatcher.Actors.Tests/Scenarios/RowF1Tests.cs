using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>Token bucket and leaky bucket, both, for a pool and for a type of task: the one lets a burst through, the other smooths it.</summary>
public sealed class RowF1Tests
{
    private static readonly RateSettings s_token = new() { Shape = RateShape.TokenBucket, PermitsPerSecond = 100, Burst = 20 };
    private static readonly RateSettings s_leaky = new() { Shape = RateShape.LeakyBucket, PermitsPerSecond = 100, MaxDelay = TimeSpan.Zero };
    private static readonly FallbackSettings s_noFallback = new() { OnBreakerOpen = true, OnFailed = false, OnOverload = false };

    public static TheoryData<bool> OfPoolAndOfType => [false, true];

    [Theory]
    [MemberData(nameof(OfPoolAndOfType))]
    public void TokenBucket_ABurstAfterAQuietTime_PassesAtOnceAndTheRateHoldsOnAverage(bool ofType)
    {
        SteppedPool pool = Pool(s_token, ofType, out TaskRoute<string, int> route);
        Assert.Equal(20, SubmitAtOnce(pool, route, 50));
        // 100 a second: a second later a full bucket again, and no more than that.
        pool.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20, SubmitAtOnce(pool, route, 50));
        int taken = 0;
        for (int i = 0; i < 1000; i++)
        {
            pool.Time.Advance(TimeSpan.FromMilliseconds(1));
            taken += SubmitAtOnce(pool, route, 1);
        }

        Assert.Equal(100, taken);
    }

    [Theory]
    [MemberData(nameof(OfPoolAndOfType))]
    public void LeakyBucket_ABurst_PassesEvenlySpaced(bool ofType)
    {
        SteppedPool pool = Pool(s_leaky, ofType, out TaskRoute<string, int> route);
        Assert.Equal(1, SubmitAtOnce(pool, route, 50));
        for (int i = 0; i < 100; i++)
        {
            pool.Time.Advance(TimeSpan.FromMilliseconds(10));
            Assert.Equal(1, SubmitAtOnce(pool, route, 5));
        }
    }

    [Fact]
    public async Task Refusal_OfARate_SaysWhenThereIsRoom()
    {
        SteppedPool pool = Pool(s_token, ofType: false, out TaskRoute<string, int> route);
        SubmitAtOnce(pool, route, 20);
        route.TrySubmit("one more", null, out TaskHandle<int> refused);
        Rejected why = Assert.IsType<Rejected>((await refused.Outcome).Detail);
        Assert.Equal(RejectReason.RateLimited, why.Reason);
        pool.Time.Advance(why.RetryAfter!.Value);
        Assert.Equal(1, SubmitAtOnce(pool, route, 5));
        Assert.Equal(5, pool.Core.Snapshot().RejectedBy[RejectReason.RateLimited]);
    }

    [Fact]
    public void TenantRate_OneTenantOverIt_OthersPass()
    {
        PoolSettings settings = Settings(new AdmissionSettings { TenantRate = s_token, MaxTenants = 10 });
        SteppedPool pool = new(1, settings);
        TaskRoute<string, int> route = TestCells.Route(pool.Core);
        TaskOptions greedy = new() { Tenant = "greedy" }, modest = new() { Tenant = "modest" };
        Assert.Equal(20, Enumerable.Range(0, 100).Count(_ => route.TrySubmit("task", greedy)));
        Assert.Equal(20, Enumerable.Range(0, 20).Count(_ => route.TrySubmit("task", modest)));
    }

    private static SteppedPool Pool(RateSettings rate, bool ofType, out TaskRoute<string, int> route)
    {
        AdmissionSettings admission = ofType
            ? new AdmissionSettings { Types = new Dictionary<string, TypeAdmissionSettings> { ["String"] = new() { Rate = rate, Fallback = s_noFallback } } }
            : new AdmissionSettings { Rate = rate };
        SteppedPool pool = new(1, Settings(admission));
        route = TestCells.Route(pool.Core);
        return pool;
    }

    private static PoolSettings Settings(AdmissionSettings admission) => TestCells.Settings with { QueueCapacity = 1000, Admission = admission };

    private static int SubmitAtOnce(SteppedPool pool, TaskRoute<string, int> route, int tasks)
    {
        int taken = Enumerable.Range(0, tasks).Count(_ => route.TrySubmit("task", null));
        while (pool.HasWork)
            pool.Step();
        return taken;
    }
}
