using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scaling;

public sealed class PoolSamplerTests
{
    private readonly ManualTime _time = new();
    private readonly FakePool _pool = new();

    [Fact]
    public void Sample_OneTick_HasItsRatesAndDurations()
    {
        PoolSampler sampler = new(_pool, _time);
        _pool.Reading = new(Offered: 500, Refused: 20, Ended: 400, Workers: 4, Desired: 5, Running: 4, Queued: 76, TimeSpan.FromSeconds(1));
        for (int i = 1; i <= 100; i++)
        {
            _pool.Meter.OnStarted(0, i * TimeSpan.TicksPerMillisecond);
            _pool.Meter.OnEnded(0, i * TimeSpan.TicksPerMillisecond, 2 * i * TimeSpan.TicksPerMillisecond);
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        sampler.Advance();
        PoolSample sample = sampler.Sample(cpuShare: 0.5);
        Assert.Equal(TimeSpan.FromSeconds(2), sample.Interval);
        Assert.Equal((250, 10, 200), (sample.OfferedPerSecond, sample.RefusedPerSecond, sample.CompletedPerSecond));
        Assert.Equal((100, 100), (sample.Started, sample.Ended));
        AssertNear(50, sample.WaitP50);
        AssertNear(95, sample.WaitP95);
        AssertNear(99, sample.WaitP99);
        AssertNear(50.5, sample.RunMean);
        AssertNear(198, sample.LatencyP99);
        Assert.Equal((4, 5, 4, 76), (sample.Workers, sample.Desired, sample.Running, sample.Queued));
        Assert.Equal(0.5, sample.CpuShare);
    }

    [Fact]
    public void Sample_QuietTicks_ReachesBackFiveTicksForDurations()
    {
        PoolSampler sampler = new(_pool, _time);
        _pool.Reading = _pool.Reading with { Offered = 1, Ended = 1 };
        _pool.Meter.OnStarted(0, 10);
        for (int tick = 0; tick < 5; tick++)
            Assert.Equal(1, Sample(sampler).Started);
        Assert.Equal(0, Sample(sampler).Started);
    }

    [Fact]
    public void Sample_ManyTasks_LooksAtTheLastTickOnly()
    {
        PoolSampler sampler = new(_pool, _time);
        for (int tick = 1; tick <= 3; tick++)
        {
            _pool.Reading = _pool.Reading with { Offered = tick * 200 };
            for (int i = 0; i < 200; i++)
                _pool.Meter.OnStarted(0, tick * TimeSpan.TicksPerMillisecond);
            PoolSample sample = Sample(sampler);
            Assert.Equal(200, sample.Started);
            AssertNear(tick, sample.WaitP50);
        }
    }

    private static void AssertNear(double millis, TimeSpan actual) => Assert.InRange(actual.TotalMilliseconds, millis * 0.99, millis * 1.01);

    private PoolSample Sample(PoolSampler sampler)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        sampler.Advance();
        return sampler.Sample();
    }
}
