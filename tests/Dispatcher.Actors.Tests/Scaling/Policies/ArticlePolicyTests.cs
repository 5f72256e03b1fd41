using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Tests.Scaling.Policies;

/// <summary>Row S1: target = max(base, qps / 120 + max(0, (p99 - 300 ms) / 10 ms)), and when it may act on it.</summary>
public sealed class ArticlePolicyTests
{
    private readonly ArticlePolicy _policy = new(Samples.Defaults.Article, new ScalingBounds(4, 100));
    private PolicyState _state;
    private TimeSpan _now;

    public ArticlePolicyTests() => _state = _policy.Start;

    [Theory]
    [InlineData(0, 0, 4)] // the base
    [InlineData(480, 100, 4)] // 480 / 120
    [InlineData(481, 100, 5)] // a part of a worker is a worker
    [InlineData(1200, 300, 10)] // at the limit is not over it
    [InlineData(1200, 310, 11)] // one step over
    [InlineData(1200, 305, 11)] // half a step over
    [InlineData(1200, 500, 30)] // 10 + 20
    [InlineData(0, 450, 15)] // no rate: the excess alone
    [InlineData(60, 325, 4)] // 0.5 + 2.5 = 3, below the base
    [InlineData(180, 345, 6)] // 1.5 + 4.5: the sum is rounded, not its parts
    [InlineData(6000, 900, 100)] // 50 + 60, above the bound
    public void TargetFor_HandComputedCases_IsTheFormula(double qps, double p99Millis, int target) =>
        Assert.Equal(target, _policy.TargetFor(qps, TimeSpan.FromMilliseconds(p99Millis)));

    [Fact]
    public void Decide_RisingRateAndBreaches_GrowsAfterFiveSecondsAndThreeInARow()
    {
        Feed(600, 100, ticks: 6);
        // Four seconds of rise, each with a breach: not yet.
        for (int second = 1; second <= 4; second++)
            Assert.Equal(4, Feed(600 + (second * 200), 400).Workers);
        ScalingDecision fifth = Feed(1600, 400);
        Assert.Equal(ScalingRule.Demand, fifth.Rule);
        // The mean of the last five seconds: (800 + 1000 + 1200 + 1400 + 1600) / 5 = 1200. 10 + 10.
        Assert.Equal(20, fifth.Workers);
        Assert.Equal("1200/s by 120 a worker and P99 400 ms make 20; risen for 5 s, 5 breaches in a row", fifth.Reason);
    }

    [Fact]
    public void Decide_RisingRateWithoutBreaches_DoesNotGrow()
    {
        for (int second = 0; second < 20; second++)
            Assert.Equal(4, Feed(600 + (second * 200), 300).Workers);
    }

    [Fact]
    public void Decide_BreachesWithoutARisingRate_DoesNotGrow()
    {
        for (int second = 0; second < 20; second++)
            Assert.Equal(4, Feed(600, 900).Workers);
    }

    [Fact]
    public void Decide_TwoBreachesThenNone_BeginsToCountAnew()
    {
        double[] p99 = [100, 100, 100, 400, 400, 100, 400, 400];
        for (int second = 0; second < p99.Length; second++)
            Assert.Equal(4, Feed(600 + (second * 200), p99[second]).Workers);
        Assert.Equal(ScalingRule.Demand, Feed(2200, 400).Rule);
    }

    [Fact]
    public void Decide_RateThatStopsRising_BeginsToCountAnew()
    {
        Feed(600, 400, ticks: 6);
        foreach (double qps in (double[])[700, 800, 900, 1000])
            Feed(qps, 400);
        // The mean falls: 500 comes for 600.
        Assert.Equal(4, Feed(500, 400).Workers);
        foreach (double qps in (double[])[1200, 1300, 1400, 1500])
            Assert.Equal(4, Feed(qps, 400).Workers);
        Assert.Equal(ScalingRule.Demand, Feed(1600, 400).Rule);
    }

    [Fact]
    public void Decide_FewerAreEnough_GivesUpOneATickAfterAMinute()
    {
        for (int second = 0; second < 60; second++)
            Assert.Equal(20, Feed(600, 100, size: 20).Workers);
        ScalingDecision decision = Feed(600, 100, size: 20);
        Assert.Equal(19, decision.Workers);
        Assert.Equal(ScalingRule.Surplus, decision.Rule);
        Assert.Equal(18, Feed(600, 100, size: 19).Workers);
    }

    [Fact]
    public void DoubtAbout_RunTimesOverTheLatency_SaysThatNoNumberOfWorkersHelps()
    {
        Assert.Null(_policy.DoubtAbout(Samples.Calm(100, 4, runMillis: 300)));
        Assert.Contains("below the P99 run time of 301 ms", _policy.DoubtAbout(Samples.Calm(100, 4, runMillis: 301)), StringComparison.Ordinal);
    }

    private ScalingDecision Feed(double qps, double p99Millis, int ticks = 1, int size = 4)
    {
        PolicyStep step = default;
        for (int i = 0; i < ticks; i++)
        {
            _now += TimeSpan.FromSeconds(1);
            step = _policy.Decide(Samples.Calm(qps, size) with { LatencyP99 = TimeSpan.FromMilliseconds(p99Millis) }, _state, _now);
            _state = step.State;
        }

        return step.Decision;
    }
}
