using Dispatcher.Actors.RollOuts;
using FsCheck;
using FsCheck.Fluent;
using static Dispatcher.Actors.Tests.RollOuts.RollOutSamples;

namespace Dispatcher.Actors.Tests.RollOuts;

public sealed class RollOutPolicyTests
{
    [Fact]
    public void Compare_BothAlike_FindsNothing() => Assert.Null(RollOutPolicy.Compare(Counts(10, 940), Counts(1, 49), Settings, 1));

    [Fact]
    public void Compare_NewFailsMore_SaysByHowMuch()
    {
        RollOutFinding finding = Assert.IsType<RollOutFinding>(RollOutPolicy.Compare(Counts(3, 947), Counts(12, 38), Settings, 1));
        Assert.Equal(RollOutRule.Errors, finding.Rule);
        Assert.StartsWith(
            "12 of 50 calls failed (24.0 %), of the old version 3 of 950 (0.3 %); probability by chance ", finding.Reason, StringComparison.Ordinal);
        Assert.EndsWith("allowed 0.0025", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OldFailsMore_FindsNothing() => Assert.Null(RollOutPolicy.Compare(Counts(300, 650), Counts(0, 50), Settings, 1));

    [Fact]
    public void Compare_BothFailAlike_FindsNothing() => Assert.Null(RollOutPolicy.Compare(Counts(950, 0), Counts(50, 0), Settings, 1));

    [Fact]
    public void Compare_MoreErrorsWithinTheMargin_FindsNothing()
    {
        // Beyond doubt, and of no relevance.
        (VersionCounts old, VersionCounts @new) = (Counts(100, 999_900), Counts(900, 99_100));
        Assert.Null(RollOutPolicy.Compare(old, @new, Settings, 1));
        Assert.NotNull(RollOutPolicy.Compare(old, @new, Settings with { ErrorMargin = 0.005 }, 1));
    }

    [Fact]
    public void Compare_MoreErrorsThatChanceExplains_FindsNothing() => Assert.Null(RollOutPolicy.Compare(Counts(10, 940), Counts(3, 47), Settings, 1));

    [Fact]
    public void Compare_TwiceAsSlow_IsLatency()
    {
        // Of any shape: here every time from 10 to 20 ms is as frequent.
        RollOutFinding finding = Assert.IsType<RollOutFinding>(
            RollOutPolicy.Compare(Counts(0, 950, i => 10 + (i % 100 / 10.0)), Counts(0, 50, i => 20 + (i % 50 / 2.5)), Settings, 1));
        Assert.Equal(RollOutRule.Latency, finding.Rule);
        Assert.StartsWith("P99 ", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_EachCallTakesTheSameTimeAndTheNewOnesTwice_IsLatency() =>
        Assert.Equal(RollOutRule.Latency, RollOutPolicy.Compare(Counts(0, 950), Counts(0, 50, static _ => 20), Settings, 1)?.Rule);

    [Fact]
    public void Compare_SlowerWithinTheMargin_FindsNothing() =>
        Assert.Null(RollOutPolicy.Compare(Counts(0, 95_000), Counts(0, 5_000, static _ => 12), Settings, 1));

    [Fact]
    public void Compare_OneSlowCallOfFifty_IsChance() =>
        Assert.Null(RollOutPolicy.Compare(Counts(0, 950), Counts(0, 50, static i => i == 0 ? 500 : 10), Settings, 1));

    [Fact]
    public void AllowanceOf_AllLooks_IsTheFalseAlarm() =>
        Assert.Equal(0.01, 2 * Enumerable.Range(1, 1_000_000).Sum(look => RollOutPolicy.AllowanceOf(0.01, look)), 1e-7);

    [Fact]
    public void Compare_AnyFigures_NeverFindsTheBetterOneWorse() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.Choose(0, 300).ArrayOf(6).ToArbitrary(), n =>
        {
            VersionCounts one = Counts(n[0], n[1], i => 1 + (i % (n[4] + 1)));
            VersionCounts other = Counts(n[2], n[3], i => 1 + (i % (n[5] + 1)));
            RollOutFinding? finding = RollOutPolicy.Compare(one, other, Settings, 1);
            return finding?.Rule switch
            {
                RollOutRule.Errors => other.ErrorRate > one.ErrorRate + Settings.ErrorMargin,
                RollOutRule.Latency => other.P99 > one.P99 * (1 + Settings.LatencyMargin),
                _ => true,
            };
        }));
}
