using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Admission.Overload;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Overload;

public sealed class GradientLimitPolicyTests
{
    private static readonly AdaptiveLimitSettings s_settings = new()
    {
        Min = 4, Max = 1000, Initial = 100, TargetWait = TimeSpan.FromMilliseconds(5), Smoothing = 0.2, LongWindow = 600, MinimumSamples = 10,
    };

    [Fact]
    public void Decide_AnyWindows_KeepsTheBoundsAndSaysWhy() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ArrayOf(60).ToArbitrary(), steps =>
        {
            GradientState state = GradientLimitPolicy.Start(s_settings);
            foreach (int step in steps)
            {
                Random random = new(step);
                GradientSample sample = new(random.Next(200), random.Next(3) == 0 ? random.Next(50) : 0, random.NextDouble() * 0.1, random.NextDouble() * 0.1, random.Next(1000));
                GradientDecision decision = GradientLimitPolicy.Decide(sample, state, s_settings);
                bool grown = decision.State.Estimate > state.Estimate;
                bool same = decision.State.Estimate == state.Estimate;
                bool explained = decision.Reason switch
                {
                    GradientReason.Grown => grown,
                    GradientReason.WaitsGrew or GradientReason.Drops => !grown && !same,
                    _ => same,
                };
                bool few = sample.Ended + sample.Drops < s_settings.MinimumSamples;
                if (!explained || few != (decision.Reason == GradientReason.TooFewSamples) || decision.Limit is < 4 or > 1000 || decision.Gradient is < 0.5 or > 1)
                    return false;
                state = decision.State;
            }

            return true;
        }));

    [Fact]
    public void Decide_OneWindow_IsTheFormula()
    {
        // Waits of 20 ms against a baseline of 1 ms, both with 4 ms of run: 1.5 x 5 / 24 is under a half, so a half; and the square root of 100.
        GradientDecision decision = GradientLimitPolicy.Decide(new GradientSample(100, 0, 0.020, 0.004, 100), GradientLimitPolicy.Start(s_settings), s_settings);
        Assert.Equal(0.5, decision.Gradient);
        Assert.Equal((100 * 0.8) + (((100 * 0.5) + 10) * 0.2), decision.State.Estimate, 9);
        Assert.Equal(GradientReason.WaitsGrew, decision.Reason);
    }

    [Fact]
    public void Decide_ConstantTimeOuts_ShrinkToTheMinimum()
    {
        GradientState state = GradientLimitPolicy.Start(s_settings);
        for (int i = 0; i < 200; i++)
            state = GradientLimitPolicy.Decide(new GradientSample(0, 100, 0, 0, 100), state, s_settings).State;
        Assert.Equal(4, state.Estimate, 6);
    }

    [Fact]
    public void Decide_LessThanHalfInUse_LeavesTheLimit()
    {
        GradientDecision decision = GradientLimitPolicy.Decide(new GradientSample(100, 0, 0, 0.001, 49), GradientLimitPolicy.Start(s_settings), s_settings);
        Assert.Equal(GradientReason.NotLimiting, decision.Reason);
        Assert.Equal(100, decision.Limit);
    }

    [Fact]
    public void Decide_LastingOverload_DoesNotDriftUp()
    {
        // A pool that serves 8 at once, 1 ms each; everything over 8 waits. The loop is closed: the wait follows the limit.
        GradientState state = GradientLimitPolicy.Start(s_settings);
        for (int i = 0; i < 5000; i++)
        {
            double waiting = Math.Max(0, state.Estimate - 8);
            state = GradientLimitPolicy.Decide(new GradientSample(1000, 0, waiting / 8 * 0.001, 0.001, (int)state.Estimate), state, s_settings).State;
        }

        Assert.InRange(state.Estimate, 8, 100);
    }

    [Fact]
    public void AdaptiveLimit_WindowsWithFewTasks_AreTakenTogether()
    {
        ConcurrencyLimiter limiter = new(new ConcurrencySettings { Limit = 100, Headroom = 0, RetryAfter = TimeSpan.FromMilliseconds(1) });
        AdaptiveLimit limit = new(s_settings, limiter, TimeSpan.TicksPerSecond);
        for (int i = 0; i < 60; i++)
            limiter.TryEnter(TaskPriority.P0);
        LoadCounts three = new() { Served = 3, Wait = 3 * TimeSpan.TicksPerSecond, Run = 0 };
        for (int i = 0; i < 3; i++)
            Assert.Equal(GradientReason.TooFewSamples, limit.Tick(three).Reason);
        Assert.Equal(100, limiter.Limit);
        Assert.Equal(GradientReason.WaitsGrew, limit.Tick(three).Reason);
        Assert.True(limiter.Limit < 100);
        Assert.Equal(GradientReason.TooFewSamples, limit.Tick(three).Reason);
    }
}
