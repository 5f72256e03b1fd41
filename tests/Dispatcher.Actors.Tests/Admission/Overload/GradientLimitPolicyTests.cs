using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Admission.Overload;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Overload;

public sealed class GradientLimitPolicyTests
{
    private static readonly AdaptiveLimitSettings s_settings = new()
    {
        Min = 4, Max = 1000, Initial = 100, TargetWait = TimeSpan.FromMilliseconds(5), Smoothing = 0.5, MinimumSamples = 10,
    };

    // 0.1 s, 100 tasks of 4 ms: all that are in below 11 at least stay no longer than 11 ms.
    private static readonly GradientSample s_calm = new(0.1, 100, 0, 0.004, 0, 100, HasRefused: false, 0);

    [Fact]
    public void Decide_AnyWindows_KeepsTheBoundsAndSaysWhy() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ArrayOf(60).ToArbitrary(), steps =>
        {
            double estimate = s_settings.Initial;
            foreach (int step in steps)
            {
                Random random = new(step);
                int least = random.Next(500);
                GradientSample sample = new(
                    0.1 + random.NextDouble(), random.Next(200), random.Next(3) == 0 ? random.Next(50) : 0, random.NextDouble() * 0.1, least, least + random.Next(500), random.Next(2) == 0, random.NextDouble());
                GradientDecision decision = GradientLimitPolicy.Decide(sample, estimate, s_settings);
                bool explained = decision.Reason switch
                {
                    GradientReason.RanDry => decision.Estimate > estimate && sample.HasRefused && decision.Gradient == 1,
                    GradientReason.QueueStands or GradientReason.Drops => decision.Estimate < estimate && decision.Gradient < 1,
                    GradientReason.Relaxed => decision.Estimate < estimate && decision.Gradient == 1 && sample.HasRefused,
                    _ => decision.Estimate == estimate,
                };
                bool few = sample.Ended + sample.Drops < s_settings.MinimumSamples;
                if (!explained || few != (decision.Reason == GradientReason.TooFewSamples) || decision.Limit is < 4 or > 1000 || decision.Gradient is < 0.5 or > 1)
                    return false;
                estimate = decision.Estimate;
            }

            return true;
        }));

    [Fact]
    public void Decide_AQueueStands_TakesAwayAPartOfIt()
    {
        // 44 at least, 1000 a second: the luckiest stayed 44 ms. 5 + 1.5 x 4 = 11 are good, so 33 of the 44 are too many; half of them go.
        GradientDecision decision = GradientLimitPolicy.Decide(s_calm with { LeastInFlight = 44, HasRefused = true }, 100, s_settings);
        Assert.Equal(100 - 16.5, decision.Estimate, 9);
        Assert.Equal(GradientReason.QueueStands, decision.Reason);
    }

    [Fact]
    public void Decide_AQueueStandsFarBelowTheLimit_ShrinksFromWhereItBeginsToLimit() =>
        Assert.Equal(60 - 16.5, GradientLimitPolicy.Decide(s_calm with { LeastInFlight = 44, MostInFlight = 60 }, 1000, s_settings).Estimate, 9);

    [Fact]
    public void Decide_LongWaitsInAQueueThatDrains_AreNoOverload() =>
        Assert.Equal(GradientReason.NotLimiting, GradientLimitPolicy.Decide(s_calm with { LeastInFlight = 0, MostInFlight = 1000 }, 1000, s_settings).Reason);

    [Theory]
    [InlineData(0.205, 117.647)] // 20,000 a second while they had any: 100 make tasks wait for 5 ms, worth 2 % of the time; 0.5 % is good anyway. 18 % lack, and more.
    [InlineData(0.9, 176)]
    public void Decide_WorkersLackWhatTheLimitKeptOut_GrowsByWhatTheyLacked(double share, double atLeast)
    {
        GradientSample sample = s_calm with { Ended = 2000, MeanRunSeconds = 0.0001, HasRefused = true, LackedShare = share };
        GradientDecision decision = GradientLimitPolicy.Decide(sample, 100, s_settings);
        Assert.InRange(decision.Estimate, atLeast, 200);
        Assert.Equal(GradientReason.RanDry, decision.Reason);
    }

    [Fact]
    public void Decide_AMomentWithoutWork_IsNoReasonToGrow() =>
        Assert.Equal(99.5, GradientLimitPolicy.Decide(s_calm with { HasRefused = true, LackedShare = 0.005 }, 100, s_settings).Estimate, 9);

    [Fact]
    public void Decide_LongWaitsAtTheLimit_AreNotMadeLongerForALittleWork() =>
        Assert.Equal(99.5, GradientLimitPolicy.Decide(s_calm with { HasRefused = true, LackedShare = 0.2 }, 100, s_settings).Estimate, 9);

    [Fact]
    public void Decide_KeepsTasksOutAndWorkersLackNone_FindsOutWhetherLessWouldDo()
    {
        GradientDecision decision = GradientLimitPolicy.Decide(s_calm with { HasRefused = true }, 100, s_settings);
        Assert.Equal(99.5, decision.Estimate, 9);
        Assert.Equal(GradientReason.Relaxed, decision.Reason);
    }

    [Fact]
    public void Decide_WorkersLackTasksThatNobodyKeptOut_LeavesTheLimit() =>
        Assert.Equal(GradientReason.NotLimiting, GradientLimitPolicy.Decide(s_calm with { LackedShare = 0.9 }, 100, s_settings).Reason);

    [Fact]
    public void Decide_ConstantTimeOuts_ShrinkToTheMinimum()
    {
        double estimate = s_settings.Initial;
        for (int i = 0; i < 200; i++)
            estimate = GradientLimitPolicy.Decide(new GradientSample(0.1, 0, 100, 0, 0, (int)estimate, true, 0), estimate, s_settings).Estimate;
        Assert.Equal(4, estimate, 6);
    }

    [Fact]
    public void Decide_LastingOverload_DoesNotDriftUp()
    {
        // A pool that serves 8 at once, 1 ms each; whatever the limit lets in is there all the time, and below 8 workers lack the rest.
        double estimate = s_settings.Max;
        for (int i = 0; i < 5000; i++)
        {
            int busy = Math.Min(8, (int)estimate);
            GradientSample sample = new(0.1, 100 * busy, 0, 0.001, (int)estimate, (int)estimate, true, 1 - (busy / 8.0));
            estimate = GradientLimitPolicy.Decide(sample, estimate, s_settings).Estimate;
        }

        Assert.InRange(estimate, 7, 60);
    }

    [Fact]
    public void AdaptiveLimit_WindowsWithFewTasks_AreTakenTogether()
    {
        ConcurrencyLimiter limiter = new(new ConcurrencySettings { Limit = 100, Headroom = 0, RetryAfter = TimeSpan.FromMilliseconds(1) });
        AdaptiveLimit limit = new(s_settings, limiter);
        for (int i = 0; i < 60; i++)
            limiter.TryEnter(TaskPriority.P0);
        limiter.TakeLeast();
        LoadWindow three = new(new LoadCounts { Served = 3 }, 0.1, 0, 0, 0);
        for (int i = 0; i < 3; i++)
            Assert.Equal(GradientReason.TooFewSamples, limit.Decide(three).Reason);
        Assert.Equal(100, limiter.Limit);
        Assert.Equal(GradientReason.QueueStands, limit.Decide(three).Reason);
        Assert.True(limiter.Limit < 100);
        Assert.Equal(GradientReason.TooFewSamples, limit.Decide(three).Reason);
    }
}
