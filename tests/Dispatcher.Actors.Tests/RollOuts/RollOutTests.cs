using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Tests.Admission.Limits;

namespace Dispatcher.Actors.Tests.RollOuts;

public sealed class RollOutTests
{
    private readonly RollOut _rollOut = RollOutComparisonTests.Make(RollOutSamples.Settings);

    [Fact]
    public void SetShare_AnyShare_IsADecisionWithItsReason()
    {
        List<RollOutDecided> told = [];
        _rollOut.Announce = told.Add;
        _rollOut.SetShare(0.2, "looks good");
        _rollOut.Promote();
        _rollOut.CutOff("second thoughts");
        Assert.Equal([(0.05, 0.2), (0.2, 1.0), (1.0, 0.0)], told.Select(static decided => (decided.FromShare, decided.ToShare)));
        Assert.Equal(["looks good", "set by hand", "second thoughts"], told.Select(static decided => decided.Reason));
        Assert.All(told, static decided => Assert.Equal(RollOutRule.Operator, decided.Rule));
        Assert.Equal(told, _rollOut.GetDecisions());
        Assert.Equal("00:00:01 pool pool, String: v2 5% -> 20% (Operator): looks good", told[0].ToString());
    }

    [Theory]
    [InlineData(0, RollOutPhase.CutOff)]
    [InlineData(0.0001, RollOutPhase.Comparing)]
    [InlineData(0.9999, RollOutPhase.Comparing)]
    [InlineData(1, RollOutPhase.Promoted)]
    public void SetShare_AShare_IsAPhase(double share, RollOutPhase phase)
    {
        _rollOut.SetShare(share);
        RollOutSnapshot now = _rollOut.Snapshot();
        Assert.Equal((share, phase), (now.Share, now.Phase));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void SetShare_NoShare_IsRefusedAndChangesNothing(double share)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _rollOut.SetShare(share));
        Assert.Equal(0.05, _rollOut.Snapshot().Share);
        Assert.Empty(_rollOut.GetDecisions());
    }

    [Fact]
    public void SetShare_AfterACutOff_ComparesAnew()
    {
        Fail(_rollOut.Stage);
        Assert.Equal(RollOutPhase.CutOff, _rollOut.Snapshot().Phase);
        _rollOut.SetShare(0.01);
        RollOutSnapshot now = _rollOut.Snapshot();
        Assert.Equal((RollOutPhase.Comparing, 0, 0, 0L), (now.Phase, (int)now.Old.Calls, (int)now.New.Calls, now.Looks));
    }

    [Fact]
    public void CutOff_TheOperatorChangedTheShareMeanwhile_IsAboutAStageThatIsNoMore()
    {
        RollOutStage judged = _rollOut.Stage;
        _rollOut.SetShare(0.5);
        Fail(judged);
        Assert.Equal(0.5, _rollOut.Snapshot().Share);
        Assert.Single(_rollOut.GetDecisions());
    }

    [Fact]
    public async Task CutOff_ManyThreadsAndAnOperator_EachDecisionFollowsTheOneBefore()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            RollOut rollOut = RollOutComparisonTests.Make(RollOutSamples.Settings);
            await Crowd.Run(4, seed, (thread, random) =>
            {
                for (int i = 0; i < 2_000; i++)
                {
                    RollOutStage stage = rollOut.Stage;
                    if (random.Next(10) == 0)
                        stage.New.OnFailed();
                    else
                        stage.Old.OnReturned(1000);
                    if (thread == 0 && i % 200 == 199)
                        rollOut.SetShare(0.1);
                }
            });
            double share = 0.05;
            foreach (RollOutDecided decided in rollOut.GetDecisions())
            {
                Assert.Equal(share, decided.FromShare);
                share = decided.ToShare;
            }

            Assert.Equal(share, rollOut.Snapshot().Share);
            Assert.Contains(rollOut.GetDecisions(), static decided => decided.Rule == RollOutRule.Errors);
        }
    }

    private static void Fail(RollOutStage stage)
    {
        for (int i = 0; i < 100; i++)
            stage.Old.OnReturned(1);
        for (int i = 0; i < 50; i++)
            stage.New.OnFailed();
    }
}
