using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row S1, autoscaling on QPS and P99 (article 0/4.1): target = max(base, qps / 120 + max(0, (p99 - 300 ms) / 10 ms)); grow only after 5 s of rising QPS
/// and 3 breaches of P99 in a row; shrink more cautiously. The article's own numbers, in virtual time, through the whole pool.
/// </summary>
public sealed class RowS1Tests : LoadedPool
{
    private const int Base = 2;

    public RowS1Tests() => StartLoaded(builder => builder.Workers(Base, 64).Concurrency(10_000).Set("scaling.policy", "article"));

    [Fact]
    public async Task Pool_RisingQpsAndThreeBreaches_GrowsToTheFormula()
    {
        await GrowAsync();
        ScalingDecided decided = Assert.Single(Pool.Dispatcher.GetScalingDecisions());
        // The mean of the last five seconds is 1200/s: 10. 395 ms are 95 over the limit: 9.5.
        Assert.Equal((Base, 20, "article", ScalingRule.Demand), (decided.From, decided.To, decided.Policy, decided.Rule));
        Assert.Equal(1600, decided.Sample.OfferedPerSecond);
        await Pool.AwaitAsync(static pool => pool.WorkersIdle + pool.WorkersBusy == 20);
    }

    [Fact]
    public async Task Pool_RisingQpsWithoutBreaches_StaysAtItsBase()
    {
        foreach (int qps in (int[])[600, 600, 600, 800, 1000, 1200, 1400, 1600, 1800, 2000])
            await SecondAsync(qps, endAfterMillis: 290);
        Assert.Empty(Pool.Dispatcher.GetScalingDecisions());
    }

    [Fact]
    public async Task Pool_BreachesWithoutRisingQps_StaysAtItsBase()
    {
        for (int second = 0; second < 15; second++)
            await SecondAsync(600, endAfterMillis: 900);
        Assert.Empty(Pool.Dispatcher.GetScalingDecisions());
    }

    [Fact]
    public async Task Pool_LessToDo_GivesUpOneWorkerASecondAfterAMinute()
    {
        await GrowAsync();
        int seconds = 0;
        // The first five still have the busy seconds in their mean.
        for (; Pool.Dispatcher.GetScalingDecisions().Count == 1; seconds++)
            await SecondAsync(60, endAfterMillis: 50);
        Assert.InRange(seconds, 60, 66);
        Assert.Equal((20, 19), Step());
        await SecondAsync(60, endAfterMillis: 50);
        Assert.Equal((19, 18), Step());
        await Pool.AwaitAsync(static pool => pool.WorkersIdle + pool.WorkersBusy == 18);
    }

    private (int From, int To) Step() => Pool.Dispatcher.GetScalingDecisions()[^1] is var last ? (last.From, last.To) : default;

    private async Task GrowAsync()
    {
        foreach (int qps in (int[])[600, 600, 600, 600, 600, 600, 800, 1000, 1200, 1400])
            await SecondAsync(qps, endAfterMillis: 395);
        Assert.Empty(Pool.Dispatcher.GetScalingDecisions());
        await SecondAsync(1600, endAfterMillis: 395);
    }
}
