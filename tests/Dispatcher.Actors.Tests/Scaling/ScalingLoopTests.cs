using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Cpu;
using Dispatcher.Actors.Scaling.Policies;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scaling;

public sealed class ScalingLoopTests
{
    private readonly ManualTime _time = new();
    private readonly FakePool _pool = new();
    private readonly Wish _policy = new();
    private readonly Cpu _cpu = new();

    [Fact]
    public void Tick_PolicyWantsMore_OrdersThemAndTells()
    {
        ScalingLoop loop = Loop();
        _policy.Workers = 6;
        ScalingDecided decided = Tick(loop)!;
        Assert.Equal([6], _pool.Ordered);
        Assert.Equal("00:00:02 pool mail: 4 -> 6 (wish, Demand): as wished", decided.ToString());
        Assert.Null(Tick(loop));
    }

    [Fact]
    public void Tick_PolicyWantsMoreThanTheBounds_KeepsToThem()
    {
        ScalingLoop loop = Loop();
        _policy.Workers = 1000;
        Assert.Equal(50, Tick(loop)!.To);
        _policy.Workers = 0;
        Assert.Equal(2, Tick(loop)!.To);
    }

    [Fact]
    public void Tick_SizeFixedByHand_TellsOnceAndLeavesItAlone()
    {
        ScalingLoop loop = Loop();
        _policy.Workers = 9;
        _pool.Pinned = 4;
        ScalingDecided decided = Tick(loop)!;
        Assert.Equal((4, 4, ScalingRule.Pinned), (decided.From, decided.To, decided.Rule));
        Assert.Equal("fixed by hand; the policy would take 9", decided.Reason);
        Assert.Null(Tick(loop));
        Assert.Empty(_pool.Ordered);
        _pool.Pinned = null;
        Assert.Equal(9, Tick(loop)!.To);
    }

    [Fact]
    public void Tick_NoTaskForTheIdleTimeout_GoesToTheMinimumAtOnce()
    {
        ScalingLoop loop = Loop();
        _policy.Workers = 40;
        Tick(loop);
        ScalingDecided? decided = null;
        int seconds = 1;
        for (; decided == null; seconds++)
            decided = Tick(loop);
        Assert.Equal(60, seconds);
        Assert.Equal((40, 2, ScalingRule.Idle), (decided.From, decided.To, decided.Rule));
        Assert.Equal("no task for 60 s", decided.Reason);
    }

    [Fact]
    public void Tick_TaskThatRunsForLong_IsNotIdle()
    {
        ScalingLoop loop = Loop();
        _policy.Workers = 40;
        _pool.Reading = _pool.Reading with { Running = 1 };
        Tick(loop);
        for (int seconds = 0; seconds < 200; seconds++)
            Assert.Null(Tick(loop));
    }

    [Fact]
    public void Tick_ProcessorNearlyUsedUp_GrowsByWhatIsLeft()
    {
        ScalingLoop loop = Loop(withCpu: true);
        _policy.Workers = 12;
        _pool.Reading = _pool.Reading with { Workers = 10, Desired = 10 };
        // 1.5 of 2 processors: 0.9 / 0.75 of 10 is what would use up the limit.
        _cpu.Used = TimeSpan.FromSeconds(1.5);
        Assert.Equal(12, Tick(loop)!.To);
        _policy.Workers = 24;
        _cpu.Used += TimeSpan.FromSeconds(1.5);
        ScalingDecided decided = Tick(loop)!;
        Assert.Equal((12, 14, ScalingRule.CpuVeto), (decided.From, decided.To, decided.Rule));
        Assert.Equal("24 wanted, but the process uses 75 % of its processor time, 90 % is the limit for growth; as wished", decided.Reason);
    }

    [Fact]
    public void Tick_ProcessorUsedUp_DeniesGrowthOnceAndAllowsShrinking()
    {
        ScalingLoop loop = Loop(withCpu: true);
        _policy.Workers = 12;
        _cpu.Used += TimeSpan.FromSeconds(2);
        ScalingDecided decided = Tick(loop)!;
        Assert.Equal((4, 4, ScalingRule.CpuVeto), (decided.From, decided.To, decided.Rule));
        _cpu.Used += TimeSpan.FromSeconds(2);
        Assert.Null(Tick(loop));
        _policy.Workers = 3;
        _cpu.Used += TimeSpan.FromSeconds(2);
        Assert.Equal(3, Tick(loop)!.To);
    }

    [Fact]
    public void Tick_OnTheHeelsOfAnother_IsLeftOut()
    {
        ScalingLoop loop = Loop();
        Tick(loop);
        _policy.Workers = 6;
        Assert.Null(loop.Tick());
        Assert.Empty(_pool.Ordered);
    }

    private ScalingDecided? Tick(ScalingLoop loop)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return loop.Tick();
    }

    private ScalingLoop Loop(bool withCpu = false) => new(
        new ScalingTarget("mail", _pool, _pool, new ScalingBounds(2, 50), Samples.Defaults), _policy, withCpu ? new CpuController(_cpu, _time) : null, _time);

    private sealed class Wish : IScalingPolicy
    {
        public int Workers { get; set; } = 4;

        public string Name => "wish";

        public PolicyState Start { get; } = new Nothing();

        public PolicyStep Decide(PoolSample sample, PolicyState state, TimeSpan now) =>
            new(new ScalingDecision(Workers, ScalingRule.Demand, "as wished"), state);

        private sealed record Nothing : PolicyState;
    }

    private sealed class Cpu : ICpuSource
    {
        public TimeSpan Used { get; set; }

        TimeSpan ICpuSource.Used() => Used;

        public double AllowedCores() => 2;
    }
}
