using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Tests.Telemetry;

public sealed class TimingSamplerTests
{
    private const long Frequency = 10_000_000;

    [Fact]
    public void Takes_SlowPool_AllTasks()
    {
        TimingSampler sampler = new(Frequency);
        Assert.Equal(10_000, Feed(sampler, tasks: 10_000, perSecond: 1_000));
        Assert.Equal(1u, sampler.Weight);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    public void Takes_FastPool_NoMoreThanItCanAfford(int perSecond)
    {
        TimingSampler sampler = new(Frequency);
        int timed = Feed(sampler, tasks: perSecond * 2, perSecond);
        Assert.InRange(timed, TimingSampler.MaxPerSecond / 4 * 2, (TimingSampler.MaxPerSecond * 2) + (4096 * 4));
    }

    [Fact]
    public void Takes_PoolThatSlowsDown_AllTasksAgain()
    {
        TimingSampler sampler = new(Frequency);
        long end = 0;
        Feed(sampler, 5_000_000, 5_000_000, ref end);
        Assert.True(sampler.Weight > 1);
        Feed(sampler, 50_000, 1_000, ref end);
        Assert.Equal(1u, sampler.Weight);
    }

    [Fact]
    public void Takes_EndlessRate_StopsAtTheLeastShare()
    {
        TimingSampler sampler = new(Frequency);
        for (int i = 0; i < 100_000; i++)
            sampler.OnTimed(1);
        Assert.Equal((uint)TimingSampler.MaxShare, sampler.Weight);
    }

    private static int Feed(TimingSampler sampler, int tasks, int perSecond)
    {
        long start = Frequency;
        return Feed(sampler, tasks, perSecond, ref start);
    }

    private static int Feed(TimingSampler sampler, int tasks, int perSecond, ref long now)
    {
        long start = now;
        int timed = 0;
        for (int i = 1; i <= tasks; i++)
        {
            now = start + (i * Frequency / perSecond);
            if (!sampler.Takes(i))
                continue;
            timed++;
            sampler.OnTimed(now);
        }

        return timed;
    }
}
