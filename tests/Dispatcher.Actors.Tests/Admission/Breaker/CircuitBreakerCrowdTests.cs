using System.Collections.Concurrent;
using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Tests.Admission.Limits;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Admission.Breaker;

/// <summary>A breaker that several threads use at once.</summary>
public sealed class CircuitBreakerCrowdTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task HalfOpen_ManyThreads_NeverMoreTriesAtOnceThanAllowed(int seed)
    {
        const int Probes = 2;
        ManualTime time = new();
        CircuitBreaker breaker = new("test", BreakerPresets.Consecutive with { Probes = Probes, SuccessesToClose = 8000 }, time, null);
        for (int i = 0; i < 5; i++)
        {
            breaker.TryEnter(time.GetTimestamp(), out BreakerPhase? pass, out _);
            breaker.Exit(pass!, CallResult.Failed, 0, time.GetTimestamp());
        }

        time.Advance(TimeSpan.FromSeconds(30));
        int inside = 0, over = 0, succeeded = 0;
        await Crowd.Run(6, seed, (thread, random) =>
        {
            for (int i = 0; i < 5000; i++)
            {
                if (!breaker.TryEnter(time.GetTimestamp(), out BreakerPhase? pass, out _) || pass!.State != BreakerState.HalfOpen)
                    continue;
                if (Interlocked.Increment(ref inside) > Probes)
                    Interlocked.Increment(ref over);
                CallResult result = random.Next(3) == 0 ? CallResult.Ignored : CallResult.Succeeded;
                if (result == CallResult.Succeeded)
                    Interlocked.Increment(ref succeeded);
                Interlocked.Decrement(ref inside);
                breaker.Exit(pass, result, 0, time.GetTimestamp());
            }
        });
        Assert.Equal(0, over);
        Assert.Equal(succeeded >= 8000 ? BreakerState.Closed : BreakerState.HalfOpen, breaker.State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Breaker_ManyThreads_ChangesFormOneChain(int seed)
    {
        ManualTime time = new();
        ConcurrentBag<BreakerStateChanged> events = [];
        CircuitBreaker breaker = new("test", BreakerPresets.Quick, time, events.Add);
        await Crowd.Run(6, seed, (thread, random) =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                if (random.Next(20) == 0)
                    time.Advance(TimeSpan.FromMilliseconds(random.Next(200)));
                if (breaker.TryEnter(time.GetTimestamp(), out BreakerPhase? pass, out _))
                    breaker.Exit(pass!, (CallResult)random.Next(3), 0, time.GetTimestamp());
            }
        });
        int opened = events.Count(change => change is { From: BreakerState.Closed, To: BreakerState.Open });
        int tried = events.Count(change => change.To == BreakerState.HalfOpen);
        int failed = events.Count(change => change.Reason == BreakerReason.ProbeFailed);
        int closed = events.Count(change => change.Reason == BreakerReason.ProbesSucceeded);
        Assert.True(opened > 0);
        Assert.Equal(events.Count, opened + tried + failed + closed);
        Assert.InRange(opened - closed, 0, 1);
        Assert.InRange(opened + failed - tried, 0, 1);
    }

    [Fact]
    public async Task CallWindow_ManyThreads_LosesNoCall()
    {
        ManualTime time = new();
        CallWindow window = new(TimeSpan.FromSeconds(10).Ticks, time.GetTimestamp());
        await Crowd.Run(4, 1, (thread, _) =>
        {
            for (int i = 0; i < 2000; i++)
                window.Count(failed: thread == 0, slow: i % 2 == 0, time.GetTimestamp());
        });
        Assert.Equal(new BreakerCounts(8000, 2000, 4000), window.Sum(time.GetTimestamp()));
    }

    [Fact]
    public void CallWindow_MoreCallsThanABucketHolds_KeepsTheShares()
    {
        ManualTime time = new();
        CallWindow window = new(TimeSpan.FromSeconds(10).Ticks, time.GetTimestamp());
        for (int i = 0; i < 100_000; i++)
            window.Count(failed: i % 4 == 0, slow: i % 10 == 0, time.GetTimestamp());
        BreakerCounts counts = window.Sum(time.GetTimestamp());
        Assert.InRange(counts.Calls, 8000, 16_383);
        Assert.Equal(0.25, (double)counts.Failures / counts.Calls, 0.001);
        Assert.Equal(0.1, (double)counts.Slow / counts.Calls, 0.001);
    }
}
