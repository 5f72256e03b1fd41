using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Dispatcher.Actors.Tests.Admission.Breaker;

public sealed class CircuitBreakerTests
{
    private static readonly TimeSpan s_fast = TimeSpan.FromMilliseconds(1);
    private readonly ManualTime _time = new();
    private readonly List<BreakerStateChanged> _events = [];

    public static TheoryData<string> AllRules => ["patient", "quick", "consecutive", "slow", "all"];

    [Theory]
    [MemberData(nameof(AllRules))]
    public void Breaker_AnyCalls_DoesWhatTheModelDoes(string rules)
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Steps().ToArbitrary(), steps => Play(Rules(rules), steps)));
        // The calls were such that every way round was gone.
        Assert.Contains(_events, change => change.To == BreakerState.Open && change.From == BreakerState.Closed);
        Assert.Contains(_events, change => change.Reason == BreakerReason.ProbeFailed);
        Assert.Contains(_events, change => change.Reason == BreakerReason.ProbesSucceeded);
    }

    [Fact]
    public void Patient_TwelveOfTwentyFail_OpensForAMinuteThenOneSuccessCloses()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Patient);
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 8, fail: 11);
        CallsLeaveIt(BreakerState.Open, breaker, succeed: 0, fail: 1);
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(breaker.TryEnter(_time.GetTimestamp(), out _, out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(40), retryAfter);
        _time.Advance(TimeSpan.FromSeconds(40));
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 1, fail: 0);
        Assert.Equal(
            [BreakerReason.FailureRate, BreakerReason.TimeToProbe, BreakerReason.ProbesSucceeded], _events.Select(change => change.Reason));
        Assert.Equal(new BreakerCounts(20, 12, 0), _events[0].Counts);
        Assert.Equal("breaker test: Closed -> Open (FailureRate: 12 failed and 0 slow of 20 calls)", _events[0].ToString());
    }

    [Fact]
    public void Patient_FailuresOlderThanAMinute_AreForgotten()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Patient);
        Calls(breaker, succeed: 0, fail: 19);
        _time.Advance(TimeSpan.FromSeconds(60));
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 0, fail: 19);
        CallsLeaveIt(BreakerState.Open, breaker, succeed: 0, fail: 1);
    }

    [Fact]
    public void Quick_FiveOfTenFail_OpensForFiveSeconds()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Quick);
        Calls(breaker, succeed: 0, fail: 5);
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 4, fail: 0);
        CallsLeaveIt(BreakerState.Open, breaker, succeed: 1, fail: 0);
        Assert.False(breaker.TryEnter(_time.GetTimestamp(), out _, out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(5), retryAfter);
    }

    [Fact]
    public void Consecutive_FiveInARow_OpensAndTwoSuccessesClose()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Consecutive);
        Calls(breaker, succeed: 0, fail: 4);
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 1, fail: 4);
        CallsLeaveIt(BreakerState.Open, breaker, succeed: 0, fail: 1);
        _time.Advance(TimeSpan.FromSeconds(30));
        CallsLeaveIt(BreakerState.HalfOpen, breaker, succeed: 1, fail: 0);
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 1, fail: 0);
    }

    [Fact]
    public void HalfOpen_OneTryFails_OpensAgainForTheWholeTime()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Consecutive);
        Calls(breaker, succeed: 0, fail: 5);
        _time.Advance(TimeSpan.FromSeconds(30));
        CallsLeaveIt(BreakerState.Open, breaker, succeed: 1, fail: 1);
        Assert.Equal(BreakerReason.ProbeFailed, _events[^1].Reason);
        Assert.True(breaker.Refuses(_time.GetTimestamp(), out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(30), retryAfter);
    }

    [Fact]
    public void HalfOpen_ATryEndsWithoutSayingAnything_ItsPlaceIsFreeAgain()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Quick);
        Calls(breaker, succeed: 0, fail: 10);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(breaker.TryEnter(_time.GetTimestamp(), out BreakerPhase? pass, out _));
        Assert.False(breaker.TryEnter(_time.GetTimestamp(), out _, out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromMilliseconds(500), retryAfter);
        breaker.Exit(pass!, CallResult.Ignored, 0, _time.GetTimestamp());
        Assert.Equal(BreakerState.HalfOpen, breaker.State);
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 1, fail: 0);
    }

    [Fact]
    public void Exit_TaskThatCameInBeforeTheBreakerOpened_SaysNothingAboutTheTries()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Quick);
        breaker.TryEnter(_time.GetTimestamp(), out BreakerPhase? old, out _);
        Calls(breaker, succeed: 0, fail: 10);
        _time.Advance(TimeSpan.FromSeconds(5));
        breaker.TryEnter(_time.GetTimestamp(), out BreakerPhase? probe, out _);
        breaker.Exit(old!, CallResult.Failed, 0, _time.GetTimestamp());
        Assert.Equal(BreakerState.HalfOpen, breaker.State);
        breaker.Exit(probe!, CallResult.Succeeded, 0, _time.GetTimestamp());
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void SlowCalls_EnoughOfThem_OpenThoughTheySucceed()
    {
        CircuitBreaker breaker = Make(Rules("slow"));
        Calls(breaker, succeed: 5, fail: 0);
        Calls(breaker, succeed: 5, fail: 0, TimeSpan.FromSeconds(1));
        Assert.Equal(BreakerState.Open, breaker.State);
        Assert.Equal(BreakerReason.SlowRate, _events[^1].Reason);
        Assert.Equal(new BreakerCounts(10, 0, 5), _events[^1].Counts);
    }

    [Fact]
    public void Force_Open_HoldsUntilForcedClosed()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Quick);
        breaker.Force(open: true, _time.GetTimestamp());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(breaker.TryEnter(_time.GetTimestamp(), out _, out TimeSpan retryAfter));
        Assert.Equal(TimeSpan.FromSeconds(5), retryAfter);
        breaker.Force(open: false, _time.GetTimestamp());
        Assert.True(breaker.TryEnter(_time.GetTimestamp(), out _, out _));
        Assert.All(_events, change => Assert.Equal(BreakerReason.Operator, change.Reason));
    }

    [Fact]
    public void FailureRate_ThatIsNoBinaryNumber_IsMetExactly()
    {
        CircuitBreaker breaker = Make(BreakerPresets.Quick with { FailureRate = 0.07, MinimumCalls = 100 });
        CallsLeaveIt(BreakerState.Closed, breaker, succeed: 93, fail: 6);
        CallsLeaveIt(BreakerState.Open, breaker, succeed: 0, fail: 1);
    }

    private static BreakerSettings Rules(string name) => BreakerPresets.Find(name) ?? new BreakerSettings
    {
        SlowRate = 0.5,
        SlowAfter = TimeSpan.FromSeconds(1),
        MinimumCalls = 10,
        Window = TimeSpan.FromSeconds(7),
        OpenFor = TimeSpan.FromSeconds(3),
        Probes = 3,
        SuccessesToClose = 2,
        FailureRate = name == "all" ? 0.4 : null,
        ConsecutiveFailures = name == "all" ? 4 : null,
    };

    // What happens next: how long after the last step (in hundredths of a second), and what. In every ten: 4 enter, 3 fail, 2 succeed, 1 says nothing.
    private static Gen<(int Gap, int What, bool Slow)[]> Steps() =>
        (from gap in Gen.Frequency((6, Gen.Choose(0, 20)), (2, Gen.Choose(0, 300)), (1, Gen.Choose(0, 7000)))
         from what in Gen.Choose(0, 9)
         from slow in Gen.Choose(0, 2)
         select (gap, what, slow == 0)).ArrayOf(250);

    private bool Play(BreakerSettings settings, (int Gap, int What, bool Slow)[] steps)
    {
        ManualTime time = new();
        List<BreakerStateChanged> events = [];
        CircuitBreaker breaker = new("test", settings, time, events.Add);
        BreakerModel model = new(settings, time.GetTimestamp());
        List<(BreakerPhase Pass, int Phase)> inside = [];
        foreach ((int gap, int what, bool slow) in steps)
        {
            time.Advance(TimeSpan.FromMilliseconds(gap * 10));
            long now = time.GetTimestamp();
            if (what < 4 || inside.Count == 0)
            {
                bool entered = breaker.TryEnter(now, out BreakerPhase? pass, out TimeSpan retryAfter);
                if (entered != model.Enter(now) || entered == retryAfter > TimeSpan.Zero)
                    return false;
                if (entered)
                    inside.Add((pass!, model.Phase));
            }
            else
            {
                (BreakerPhase pass, int phase) = inside[gap % inside.Count];
                inside.RemoveAt(gap % inside.Count);
                bool? succeeded = what == 9 ? null : what > 6;
                TimeSpan run = slow ? TimeSpan.FromSeconds(2) : s_fast;
                breaker.Exit(pass, succeeded == null ? CallResult.Ignored : succeeded.Value ? CallResult.Succeeded : CallResult.Failed, run.Ticks, now);
                model.Exit(phase, succeeded, run, now);
            }

            if (breaker.State != model.State)
                return false;
        }

        _events.AddRange(events);
        // Each change begins where the one before it ended.
        return events.Count == model.Phase && events.Zip(events.Skip(1)).All(pair => pair.First.To == pair.Second.From);
    }

    private CircuitBreaker Make(BreakerSettings settings) => new("test", settings, _time, _events.Add);

    private void CallsLeaveIt(BreakerState state, CircuitBreaker breaker, int succeed, int fail)
    {
        Calls(breaker, succeed, fail);
        Assert.Equal(state, breaker.State);
    }

    private void Calls(CircuitBreaker breaker, int succeed, int fail, TimeSpan? run = null)
    {
        for (int i = 0; i < succeed + fail; i++)
        {
            Assert.True(breaker.TryEnter(_time.GetTimestamp(), out BreakerPhase? pass, out _));
            breaker.Exit(pass!, i < succeed ? CallResult.Succeeded : CallResult.Failed, (run ?? s_fast).Ticks, _time.GetTimestamp());
        }
    }
}
