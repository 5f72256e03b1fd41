using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// The circuit breaker: closed, open, half-open. Presets: 60 % errors, 20 requests, 60 s; 50 %, 10, 5 s; 5 in a row, half-open until 2 succeed. And a
/// fallback handler.
/// </summary>
public sealed class RowF3Tests
{
    private SteppedPool? _pool;
    private int _calls;

    [Fact]
    public void Patient_SixtyPercentOfTwentyFail_OpensForAMinuteAndOneSuccessCloses()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Patient);
        // 11 of 19 fail: too few calls to say anything. The twentieth makes it 12 of 20.
        Calls(route, good: 8, bad: 11);
        Assert.Equal(BreakerState.Closed, State);
        Calls(route, good: 0, bad: 1);
        Assert.Equal(BreakerState.Open, State);
        Assert.Equal(new Rejected(RejectReason.BreakerOpen, TimeSpan.FromSeconds(60)), Call(route, "good").Detail);
        Advance(59.999);
        Assert.Equal(RejectReason.BreakerOpen, ((Rejected)Call(route, "good").Detail!).Reason);
        Advance(0.001);
        Assert.Equal(OutcomeKind.Completed, Call(route, "good").Kind);
        Assert.Equal(BreakerState.Closed, State);
    }

    [Fact]
    public void Patient_LessThanSixtyPercent_StaysClosed()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Patient);
        for (int i = 0; i < 50; i++)
            Calls(route, good: 9, bad: 11);
        Assert.Equal(BreakerState.Closed, State);
    }

    [Fact]
    public void Quick_HalfOfTenFail_OpensForFiveSecondsAndAFailedTryOpensItAnew()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Quick);
        Calls(route, good: 5, bad: 5);
        Assert.Equal(BreakerState.Open, State);
        Advance(5);
        Assert.Equal(OutcomeKind.Failed, Call(route, "bad").Kind);
        Assert.Equal(BreakerState.Open, State);
        Advance(4.999);
        Assert.Equal(OutcomeKind.Rejected, Call(route, "good").Kind);
        Advance(0.001);
        Assert.Equal(OutcomeKind.Completed, Call(route, "good").Kind);
        Assert.Equal(BreakerState.Closed, State);
    }

    [Fact]
    public void Quick_FailuresOlderThanTheWindow_AreForgotten()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Quick);
        Calls(route, good: 0, bad: 9);
        Advance(5.5);
        Calls(route, good: 6, bad: 1);
        Assert.Equal(BreakerState.Closed, State);
    }

    [Fact]
    public void Consecutive_FiveInARow_OpensAndTwoSuccessesClose()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Consecutive);
        for (int i = 0; i < 10; i++)
            Calls(route, good: 1, bad: 4);
        Assert.Equal(BreakerState.Closed, State);
        Calls(route, good: 0, bad: 1);
        Calls(route, good: 1, bad: 5);
        Assert.Equal(BreakerState.Open, State);
        Advance(30);
        Call(route, "good");
        Assert.Equal(BreakerState.HalfOpen, State);
        Call(route, "good");
        Assert.Equal(BreakerState.Closed, State);
    }

    [Fact]
    public void Open_NoTaskReachesItsHandler()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Consecutive);
        Calls(route, good: 0, bad: 5);
        int before = _calls;
        for (int i = 0; i < 100; i++)
            Call(route, "good");
        Assert.Equal(before, _calls);
        Assert.Equal(100, _pool!.Core.Snapshot().RejectedBy[RejectReason.BreakerOpen]);
    }

    [Fact]
    public void Target_OneIsOpen_OthersAreNot()
    {
        TaskRoute<string, int> route = Pool(null, new AdmissionSettings { TargetBreaker = BreakerPresets.Consecutive, MaxTargets = 10 });
        TaskOptions broken = new() { Target = "broken" }, sound = new() { Target = "sound" };
        for (int i = 0; i < 5; i++)
            Call(route, "bad", broken);
        Assert.Equal(OutcomeKind.Rejected, Call(route, "good", broken).Kind);
        Assert.Equal(OutcomeKind.Completed, Call(route, "good", sound).Kind);
        Assert.Equal(OutcomeKind.Completed, Call(route, "good").Kind);
    }

    [Fact]
    public void Fallback_BreakerOpen_AnswersAndCountsAsCompleted()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Consecutive);
        route.SetFallback((_, outcome) => ((Rejected)outcome).Reason == RejectReason.BreakerOpen ? -1 : 0, Fallback(onOpen: true, onFailed: false));
        Calls(route, good: 0, bad: 5);
        TaskOutcome<int> outcome = Call(route, "good");
        Assert.Equal(-1, outcome.Result);
        PoolSnapshot end = _pool!.Core.Snapshot();
        Assert.Equal((1, 1, 5, 0), (end.FellBack, end.Completed, end.Failed, end.Rejected));
        Assert.Equal(end.Submitted, end.Ended);
    }

    [Fact]
    public void Fallback_HandlerFailed_AnswersAndTheBreakerCountsTheFailure()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Consecutive);
        route.SetFallback((_, _) => -1, Fallback(onOpen: false, onFailed: true));
        for (int i = 0; i < 5; i++)
            Assert.Equal(-1, Call(route, "bad").Result);
        Assert.Equal(BreakerState.Open, State);
        Assert.Equal(RejectReason.BreakerOpen, ((Rejected)Call(route, "bad").Detail!).Reason);
        PoolSnapshot end = _pool!.Core.Snapshot();
        Assert.Equal((5, 5, 0, 1), (end.FellBack, end.Completed, end.Failed, end.Rejected));
        Assert.Equal(end.Submitted, end.Ended);
    }

    [Fact]
    public void Fallback_ThrowsItself_TheOutcomeStands()
    {
        TaskRoute<string, int> route = Pool(BreakerPresets.Consecutive);
        route.SetFallback((_, _) => throw new InvalidOperationException("fallback"), Fallback(onOpen: true, onFailed: true));
        Calls(route, good: 0, bad: 5);
        Assert.Equal(OutcomeKind.Rejected, Call(route, "good").Kind);
        Assert.Equal(5, _pool!.Core.Snapshot().Failed);
    }

    private BreakerState State => _pool!.Core.Snapshot().Admission!.Breakers["String"];

    private static FallbackSettings Fallback(bool onOpen, bool onFailed) => new() { OnBreakerOpen = onOpen, OnFailed = onFailed, OnOverload = false };

    private TaskRoute<string, int> Pool(BreakerSettings? breaker, AdmissionSettings? admission = null)
    {
        _pool = new SteppedPool(1, TestCells.Settings with { QueueCapacity = 100, Admission = admission ?? new AdmissionSettings { Breaker = breaker } });
        return TestCells.Route(_pool.Core, (task, _) =>
        {
            _calls++;
            return task == "bad" ? throw new InvalidOperationException("bad") : new ValueTask<int>(1);
        });
    }

    private void Calls(TaskRoute<string, int> route, int good, int bad)
    {
        for (int i = 0; i < good; i++)
            Call(route, "good");
        for (int i = 0; i < bad; i++)
            Call(route, "bad");
    }

    private TaskOutcome<int> Call(TaskRoute<string, int> route, string task, TaskOptions? options = null)
    {
        ValueTask<TaskOutcome<int>> outcome = route.RunAsync(task, options, default);
        while (_pool!.HasWork)
            _pool.Step();
        return outcome.IsCompleted ? outcome.Result : throw new InvalidOperationException("No outcome yet.");
    }

    private void Advance(double seconds) => _pool!.Time.Advance(TimeSpan.FromSeconds(seconds));
}
