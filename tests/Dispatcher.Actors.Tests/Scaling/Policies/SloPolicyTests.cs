using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Tests.Scaling.Policies;

public sealed class SloPolicyTests
{
    private readonly SloPolicy _policy = new(Samples.Defaults.Slo, new ScalingBounds(2, 100));
    private PolicyState _state;
    private TimeSpan _now;

    public SloPolicyTests() => _state = _policy.Start;

    [Fact]
    public void Decide_LoadAtThreeQuartersUse_Holds()
    {
        // 1500/s x 10 ms = 15 busy, of 20.
        for (int second = 0; second < 100; second++)
            Assert.Equal(20, Feed(Samples.Calm(1500, 20)).Workers);
    }

    [Fact]
    public void Decide_WaitsThatStayShort_UsesWorkersMoreUpToItsLimit()
    {
        int size = 20;
        for (int second = 0; second < 600; second++)
            size = Feed(Samples.Calm(1500, size) with { WaitP99 = TimeSpan.Zero }).Workers;
        // 15 busy at 95 %.
        Assert.Equal(16, size);
    }

    [Fact]
    public void Decide_LoadThatDoublesAtOnce_GrowsInTheSameTick()
    {
        Settle(1500, 20);
        ScalingDecision decision = Feed(Samples.Calm(3000, 20) with { Running = 20 });
        Assert.Equal(40, decision.Workers);
        Assert.Equal(ScalingRule.Demand, decision.Rule);
        Assert.StartsWith("3000/s x 10 ms keep 30 busy, at 75 % use", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_LoadTenTimesAsHigh_AtMostDoublesInATick()
    {
        Settle(300, 4);
        Assert.Equal(8, Feed(Samples.Behind(3000, 4, waitMillis: 700)).Workers);
        Assert.Equal(16, Feed(Samples.Behind(3000, 8, waitMillis: 1500)).Workers);
    }

    [Fact]
    public void Decide_TasksThatWaitTooLong_AddsWhatCatchesUpWithinTheDrainTime()
    {
        Settle(1500, 20);
        // 900 wait, of which 787 longer than half of the target: 7.9 workers more for one second. And the 20 are corrected by 6 %.
        ScalingDecision decision = Feed(Samples.Behind(1500, 20, waitMillis: 600) with { Queued = 900, OldestWait = TimeSpan.FromSeconds(1) });
        Assert.Equal(ScalingRule.Breach, decision.Rule);
        Assert.Equal(30, decision.Workers);
        Assert.StartsWith("tasks wait 1000 ms, the target is 250 ms", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_BreachThatIsOver_DoesNotGrow()
    {
        Settle(1500, 20);
        PoolSample over = Samples.Calm(1500, 20) with { WaitP99 = TimeSpan.FromMilliseconds(600) };
        Assert.Equal(20, Feed(over).Workers);
    }

    [Fact]
    public void Decide_BurstsThatAreOverAtEachTick_GrowsAllTheSame()
    {
        Settle(1500, 20);
        int size = 20, ticks = 0;
        for (; size == 20; ticks++)
            size = Feed(Samples.Calm(1500, size) with { WaitP99 = TimeSpan.FromMilliseconds(600), Running = 0 }).Workers;
        Assert.InRange(ticks, 7, 9);
    }

    [Fact]
    public void Decide_WorkersWithManyTasksAtOnce_NeedsThatManyFewer()
    {
        int size = 20;
        for (int second = 0; second < 120; second++)
            size = Feed(Samples.Calm(1500, size, runMillis: 100) with { Concurrency = 10, Running = 150 }).Workers;
        // 150 tasks at once, 15 workers with ten each, at 75 %.
        Assert.Equal(20, size);
    }

    [Fact]
    public void Decide_LoadThatFalls_KeepsWhatWasWantedForAWindowThenGoesByFifths()
    {
        Settle(3000, 40);
        int held = 0;
        ScalingDecision decision;
        while ((decision = Feed(Samples.Calm(300, 40))).Workers == 40)
            held++;
        Assert.InRange(held, 14, 17);
        Assert.Equal(32, decision.Workers);
        Assert.Equal(ScalingRule.Surplus, decision.Rule);
    }

    [Fact]
    public void Decide_NoTraffic_ReachesTheMinimumByItself()
    {
        Settle(3000, 40);
        int size = 40;
        for (int second = 0; second < 60; second++)
            size = Feed(Samples.Calm(0, size)).Workers;
        Assert.Equal(2, size);
    }

    [Fact]
    public void Decide_BusyWorkersOnUnknownTasks_AreNoSurplus()
    {
        // Nothing has ended yet: all that is known is that every worker has a task.
        for (int second = 0; second < 60; second++)
            Assert.Equal(10, Feed(Samples.Calm(0, 10) with { Running = 10 }).Workers);
    }

    [Fact]
    public void Decide_MoreWorkersThatDoNotHelp_StopsGrowingAndSaysSo()
    {
        Settle(1500, 20);
        // What the handlers call serves 1000/s, however many ask; run times rise with the callers.
        int size = 20, most = 20;
        ScalingDecision veto = default;
        for (int second = 0; second < 40; second++)
        {
            ScalingDecision decision = Feed(Samples.Behind(1500, size, waitMillis: 500 + (second * 300), runMillis: size, completedPerSecond: 1000));
            size = decision.Workers;
            most = Math.Max(most, size);
            if (decision.Rule == ScalingRule.ThroughputVeto)
                veto = decision;
        }

        Assert.InRange(most, 21, 60);
        Assert.InRange(size, 20, 30);
        Assert.Contains("more workers brought 0 % of the throughput due, 1000/s at best", veto.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_QueueThatRefuses_CountsAsABreach()
    {
        Settle(1500, 20);
        // A short queue that is always full: nobody waits long, and a third is refused.
        PoolSample full = Samples.Behind(3000, 20, waitMillis: 5) with { RefusedPerSecond = 1000, Queued = 10 };
        Assert.Equal(40, Feed(full).Workers);
    }

    [Fact]
    public void Decide_SameSampleStateAndTime_IsTheSameDecision()
    {
        Settle(1500, 20);
        PoolSample sample = Samples.Behind(2000, 20, 400);
        Assert.Equal(_policy.Decide(sample, _state, _now).Decision, _policy.Decide(sample, _state, _now).Decision);
    }

    [Fact]
    public void DoubtAbout_TargetBelowTheMeanRunTime_SaysSo()
    {
        Assert.Null(_policy.DoubtAbout(Samples.Calm(100, 4, runMillis: 250)));
        Assert.StartsWith(
            "scaling.slo.target-wait = 250ms is below the mean run time of 400 ms",
            _policy.DoubtAbout(Samples.Calm(100, 4, runMillis: 400)), StringComparison.Ordinal);
    }

    private void Settle(double perSecond, int workers)
    {
        for (int second = 0; second < 30; second++)
            Feed(Samples.Calm(perSecond, workers));
    }

    private ScalingDecision Feed(PoolSample sample)
    {
        _now += TimeSpan.FromSeconds(1);
        PolicyStep step = _policy.Decide(sample, _state, _now);
        _state = step.State;
        return step.Decision;
    }
}
