using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Tests.Scaling.Policies;

public sealed class LoadEstimateTests
{
    [Fact]
    public void With_SteadyLoad_IsLittlesLaw()
    {
        LoadEstimate load = Fed(new LoadEstimate(), 1000, ticks: 30);
        Assert.Equal(1000, load.PerSecond, 3);
        Assert.Equal(0.01, load.RunSeconds, 6);
        Assert.Equal(10, load.BusyWorkers, 3);
    }

    [Fact]
    public void With_RateThatJitters_IsSmoothed()
    {
        LoadEstimate load = Fed(new LoadEstimate(), 1000, ticks: 30).With(Samples.Calm(1100, 20));
        Assert.False(load.HasJumpedUp);
        Assert.InRange(load.PerSecond, 1001, 1040);
    }

    [Fact]
    public void With_RateThatJumps_IsBelievedAtOnce()
    {
        LoadEstimate load = Fed(new LoadEstimate(), 1000, ticks: 30).With(Samples.Calm(5000, 20));
        Assert.True(load.HasJumpedUp);
        Assert.Equal(5000, load.PerSecond, 3);
        load = load.With(Samples.Calm(500, 20));
        Assert.False(load.HasJumpedUp);
        Assert.Equal(500, load.PerSecond, 3);
    }

    [Fact]
    public void With_RampOfRates_LooksAhead()
    {
        LoadEstimate load = new();
        for (int second = 0; second < 60; second++)
            load = load.With(Samples.Calm(1000 + (second * 20), 60));
        // The last was 2180; one and a half seconds later it will be 2210.
        Assert.InRange(load.PerSecond, 2195, 2225);
    }

    [Fact]
    public void With_RunTimesThatRiseWhileTasksWait_TrustsThoseAtRest()
    {
        LoadEstimate load = Fed(new LoadEstimate(), 1000, ticks: 30);
        for (int second = 0; second < 30; second++)
            load = load.With(Samples.Behind(1000, 20, waitMillis: 500, runMillis: 40));
        Assert.InRange(load.BusyWorkers, 38, 41);
        Assert.Equal(10, load.TrustedBusyWorkers, 1);
    }

    private static LoadEstimate Fed(LoadEstimate load, double perSecond, int ticks)
    {
        for (int second = 0; second < ticks; second++)
            load = load.With(Samples.Calm(perSecond, 20));
        return load;
    }
}
