using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.RollOuts;

/// <summary>What the looks find over time, on traffic made by a seeded random source: 19 of 20 calls of the old version.</summary>
public sealed class RollOutComparisonTests
{
    private readonly RollOutSettings _settings = RollOutSamples.Settings;

    [Fact]
    public void Look_VersionsAreAlike_AlarmsAreNoMoreThanAllowed()
    {
        const int RollOuts = 400;
        // A tenth, so that chance is allowed to show. Errors in 2 % of calls, times over a decade; no margins.
        RollOutSettings strict = _settings with { FalseAlarm = 0.1, ErrorMargin = 0, LatencyMargin = 0 };
        int alarms = Enumerable.Range(0, RollOuts).Count(seed => CallsUntilCutOff(seed, 20_000, strict, 0.02, 0.02, 1) != null);
        // Four standard deviations above.
        Assert.InRange(alarms, 0, (RollOuts * 0.1) + (4 * Math.Sqrt(RollOuts * 0.1 * 0.9)));
    }

    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(0.01, 3)]
    public void Look_NewIsWorse_IsFoundAtTheFirstLooks(double errors, double slower)
    {
        for (int seed = 0; seed < 20; seed++)
            Assert.InRange(CallsUntilCutOff(seed, 40_000, _settings, 0.01, errors, slower) ?? long.MaxValue, 50, 200);
    }

    [Fact]
    public void Look_NewTurnsBadAfterMonths_IsFoundSoon()
    {
        RollOut rollOut = Make(_settings);
        Random random = new(1);
        Run(rollOut, random, 400_000, 0.01, 0.01, 1);
        Assert.Equal(RollOutPhase.Comparing, rollOut.Snapshot().Phase);
        long before = rollOut.Snapshot().Looks;
        Assert.InRange(before, 350, 450);
        Run(rollOut, random, 4_000, 0.01, 0.5, 1);
        Assert.Equal(RollOutPhase.CutOff, rollOut.Snapshot().Phase);
    }

    [Fact]
    public void Look_BothTurnBadTogether_IsNotTheNewOnesFault()
    {
        RollOut rollOut = Make(_settings);
        Random random = new(2);
        Run(rollOut, random, 20_000, 0.01, 0.01, 1);
        Run(rollOut, random, 20_000, 0.9, 0.9, 1);
        Assert.Equal(RollOutPhase.Comparing, rollOut.Snapshot().Phase);
    }

    [Fact]
    public void Look_FewerThanTheMinimum_SaysNothing()
    {
        RollOut rollOut = Make(_settings);
        Random random = new(3);
        VersionMeter @new = Stage(rollOut).New;
        for (int i = 0; i < 49; i++)
            @new.OnFailed();
        Run(rollOut, random, 900, 0, 0, 1, onlyOld: true);
        Assert.Equal(RollOutPhase.Comparing, rollOut.Snapshot().Phase);
        @new.OnFailed();
        Assert.Equal(RollOutPhase.CutOff, rollOut.Snapshot().Phase);
    }

    [Fact]
    public void Look_OldHasNoCalls_SaysNothing()
    {
        RollOut rollOut = Make(_settings);
        for (int i = 0; i < 1000; i++)
            Stage(rollOut).New.OnFailed();
        Assert.Equal(RollOutPhase.Comparing, rollOut.Snapshot().Phase);
    }

    internal static RollOut Make(RollOutSettings settings) => new("pool", typeof(string), "v1", "v2", settings, new Clock(new ManualTime()));

    internal static RollOutStage Stage(RollOut rollOut) => rollOut.Stage;

    // How many calls of the new version there were when it was cut off; null if it was not.
    private static long? CallsUntilCutOff(int seed, int calls, RollOutSettings settings, double oldErrors, double newErrors, double slower)
    {
        RollOut rollOut = Make(settings);
        Run(rollOut, new Random(seed), calls, oldErrors, newErrors, slower);
        return rollOut.GetDecisions() is [var decided] ? decided.New.Calls : null;
    }

    private static void Run(RollOut rollOut, Random random, int calls, double oldErrors, double newErrors, double slower, bool onlyOld = false)
    {
        RollOutStage stage = Stage(rollOut);
        for (int i = 0; i < calls && ReferenceEquals(stage, Stage(rollOut)); i++)
        {
            bool isNew = !onlyOld && random.NextDouble() < 0.05;
            VersionMeter meter = isNew ? stage.New : stage.Old;
            long ticks = (long)(TimeSpan.TicksPerMillisecond * Math.Pow(10, random.NextDouble()) * (isNew ? slower : 1));
            if (random.NextDouble() < (isNew ? newErrors : oldErrors))
                meter.OnFailed();
            else
                meter.OnReturned(ticks);
        }
    }
}
