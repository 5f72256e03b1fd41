using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Tests.Admission.Limits;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Overload;

public sealed class ShedPolicyTests
{
    private static readonly ShedSettings s_settings = new() { AcceptFactor = 1.1, Aggression = 1, MaxShare = 0.95, RetryAfter = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public void Decide_AnyWindows_TakesTheLeastUrgentFirst() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Gen.Choose(0, 2000).ArrayOf(40).ToArbitrary(), numbers =>
        {
            ShedDecision last = default;
            for (int i = 0; i + 3 < numbers.Length; i += 4)
            {
                ShedSample sample = new(numbers[i], numbers[i + 1], numbers[i + 2], numbers[i + 3], numbers[i] % 3 != 0, numbers[i + 1] % 50, numbers[i + 2] % 11 / 10.0);
                ShedDecision now = ShedPolicy.Decide(sample, last, s_settings);
                bool inBounds = new[] { now.P0, now.P1, now.P2 }.All(share => share is >= 0 and <= 0.95) && now.Degree is >= 0 and <= 1;
                bool p2First = now.P1 == 0 || now.Recent.P2 == 0 || now.P2 == 0.95;
                bool p1First = now.P0 == 0 || now.Recent.P1 == 0 || now.P1 == 0.95;
                bool eases = sample.Stands || now.Degree <= last.Degree * (1 - sample.DryShare);
                if (!inBounds || !p2First || !p1First || !eases)
                    return false;
                last = now;
            }

            return true;
        }));

    [Theory]
    [InlineData(200, 400, 400, 500, 0, 0.174, 0.95)] // 450 of 1000 too many: 380 of them P2, the rest P1
    [InlineData(100, 100, 800, 800, 0, 0, 0.15)]
    [InlineData(1000, 0, 0, 500, 0.45, 0, 0)]
    public void Decide_TheQueueStands_ShedsTheExcess(double p0, double p1, double p2, double served, double shed0, double shed1, double shed2)
    {
        ShedDecision decision = ShedPolicy.Decide(new ShedSample(p0, p1, p2, served, true, 0, 0), default, s_settings);
        Assert.Equal(shed0, decision.P0, 0.001);
        Assert.Equal(shed1, decision.P1, 0.001);
        Assert.Equal(shed2, decision.P2, 0.001);
    }

    [Fact]
    public void Decide_NoQueueStands_ShedsNothing() =>
        Assert.Equal(0, ShedPolicy.Decide(new ShedSample(0, 0, 1000, 10, false, 0, 0), default, s_settings).Degree);

    [Fact]
    public void Decide_NothingServedAndWorkersIdle_OpensTheDoor()
    {
        ShedDecision all = ShedPolicy.Decide(new ShedSample(1000, 0, 0, 0, true, 0, 0), default, s_settings);
        Assert.True(all.Degree > 0.9);
        Assert.Equal(0, ShedPolicy.Decide(new ShedSample(1000, 0, 0, 0, false, 0, 1), all, s_settings).Degree);
    }

    [Fact]
    public void LoadShedder_OverloadIsOver_RemembersItForTenWindows()
    {
        LoadShedder shedder = new(s_settings, new SharedRandom(7));
        shedder.Decide(new ShedSample(100, 100, 800, 800, true, 0, 0));
        for (int i = 0; i < 10; i++)
        {
            Assert.True(shedder.ShedsLately(TaskPriority.P2));
            Assert.False(shedder.ShedsLately(TaskPriority.P0));
            shedder.Decide(new ShedSample(0, 0, 0, 0, false, 0, 1));
        }

        Assert.False(shedder.ShedsLately(TaskPriority.P2));
    }

    [Fact]
    public void LoadShedder_AShareOfP2_IsShedAndNobodyElse()
    {
        LoadShedder shedder = new(s_settings, new SharedRandom(7));
        shedder.Decide(new ShedSample(100, 100, 800, 800, true, 0, 0));
        int[] shed = new int[3];
        for (int i = 0; i < 100_000; i++)
        {
            for (int c = 0; c < 3; c++)
                shed[c] += shedder.Sheds((TaskPriority)c) ? 1 : 0;
        }

        Assert.Equal(0, shed[0] + shed[1]);
        Assert.InRange(shed[2], 14_500, 15_500);
    }

    [Fact]
    public async Task LoadRecorder_ManyThreads_LosesNothing()
    {
        LoadRecorder recorder = new();
        LoadCounts sum = default;
        await Crowd.Run(5, 1, (thread, _) =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                if (thread == 0)
                {
                    sum = sum.Plus(recorder.Take());
                    continue;
                }

                recorder.CountOffered((TaskPriority)(i % 3));
                recorder.CountServed(3);
                recorder.CountDrop();
            }
        });
        sum = sum.Plus(recorder.Take());
        Assert.Equal(new LoadCounts { P0 = 4 * 3334, P1 = 4 * 3333, P2 = 4 * 3333, Served = 40_000, Run = 120_000, Drops = 40_000 }, sum);
    }
}
