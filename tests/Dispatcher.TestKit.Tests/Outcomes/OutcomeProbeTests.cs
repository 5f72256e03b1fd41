using Dispatcher.Actors;
using Xunit.Sdk;

namespace Dispatcher.TestKit.Tests.Outcomes;

public sealed class OutcomeProbeTests : DispatcherTestKit
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(20);
    private readonly ScriptedHandler<Echo, int> _handler;
    private readonly HandlerGate _gate = new();
    private readonly OutcomeProbe<int> _probe;
    private readonly ITaskDispatcher _pool;

    public OutcomeProbeTests()
    {
        _handler = CreateScript<Echo, int>();
        _probe = CreateOutcomeProbe<int>(s_soon * 500);
        _pool = StartPool(d => d.Workers(1).Queue(2).Handle(_handler), "orders").Dispatcher;
    }

    [Fact]
    public async Task Expect_EveryKind_InTheOrderInWhichTasksWereWatched()
    {
        _handler.WaitsFor(_gate, 1).Throws(new FormatException()).RunsUntilCancelled();
        TaskOptions brief = new() { QueueBudget = TimeSpan.FromSeconds(1) };
        _probe.Watch(_pool.RunAsync(new Echo(0)));
        await _gate.AwaitWaitingAsync(1);
        TaskHandle<int> failing = _probe.Watch(await _pool.SubmitAsync(new Echo(1)));
        _probe.Watch(_pool.RunAsync(new Echo(2), brief));
        _probe.Watch(_pool.RunAsync(new Echo(3)));
        await AdvanceAsync(TimeSpan.FromSeconds(1.1));
        _gate.Open();
        await failing.Outcome;
        TaskHandle<int> running = _probe.Watch(await _pool.SubmitAsync(new Echo(4)));
        await _handler.AwaitRunningAsync(1);
        Assert.True(running.TryCancel("the test"));

        await _probe.ExpectCompletedAsync(1);
        Assert.Equal("FormatException", (await _probe.ExpectFailedAsync<FormatException>()).ErrorClass);
        await _probe.ExpectExpiredAsync(ExpiredWhere.Queue);
        Assert.NotNull((await _probe.ExpectRejectedAsync(RejectReason.QueueFull)).RetryAfter);
        await _probe.ExpectCancelledAsync("the test");
        _probe.ExpectNoMore();
        Assert.Equal((5, 5), (_probe.Watched, _probe.Ended));
    }

    [Fact]
    public async Task Expect_OtherKind_ShowsAllTasksTheTimeAndThePool()
    {
        _handler.Returns(42);
        await Pools[0].AwaitAsync(s => s is { Phase: PoolPhase.Running, WorkersIdle: 1 });
        _probe.Watch(_pool.RunAsync(new Echo(0)));
        _probe.Watch(_pool.RunAsync(new Echo(1)));
        await _probe.ExpectCompletedAsync();

        await Pools[0].AwaitAsync(s => s is { Completed: 2, WorkersIdle: 1 });
        XunitException error = await Assert.ThrowsAsync<XunitException>(() => _probe.ExpectExpiredAsync(ExpiredWhere.Queue));

        Assert.Equal(
            [
                "Task 2: expected Expired(Queue), got Completed(42).",
                "   1: Completed(42)",
                "-> 2: Completed(42)",
                "Time: 00:00:00, no timer waits.",
                "Pool 'orders' is Running: 1 workers idle, 0 busy, 0 draining; 2 tasks submitted = 0 paced + 0 waiting + 0 queued + 0 running + 0 delayed + "
                    + "2 completed + 0 failed + 0 rejected + 0 expired + 0 cancelled + 0 abandoned.",
            ],
            Lines(error));
    }

    [Fact]
    public async Task Expect_NoOutcomeInTime_SaysHowFarTheTaskIs()
    {
        _handler.WaitsFor(_gate, 1);
        OutcomeProbe<int> probe = CreateOutcomeProbe<int>(s_soon);
        probe.Watch(await _pool.SubmitAsync(new Echo(0)));
        await _gate.AwaitWaitingAsync(1);

        XunitException error = await Assert.ThrowsAsync<XunitException>(() => probe.ExpectCompletedAsync());

        Assert.Equal("Task 1: expected Completed, got no outcome (Running) within 00:00:00.0200000.", Lines(error)[0]);
    }

    [Fact]
    public async Task Expect_WrongResultReasonOrCause_Fails()
    {
        _handler.Returns(1).Throws(new FormatException("bad row"));
        _probe.Watch(_pool.RunAsync(new Echo(0)));
        _probe.Watch(_pool.RunAsync(new Echo(1)));

        XunitException first = await Assert.ThrowsAsync<XunitException>(() => _probe.ExpectCompletedAsync(2));
        XunitException second = await Assert.ThrowsAsync<XunitException>(() => _probe.ExpectFailedAsync<IOException>());

        Assert.Equal("Task 1: expected Completed(2), got Completed(1).", Lines(first)[0]);
        Assert.Equal(
            "Task 2: expected Failed(IOException), got Failed(FormatException: bad row; class 'FormatException', 1 attempt(s)).", Lines(second)[0]);
    }

    [Fact]
    public async Task Expect_MoreThanWasWatched_SaysSo()
    {
        XunitException error = await Assert.ThrowsAsync<XunitException>(() => _probe.ExpectAsync());

        Assert.Equal("Expected an outcome, but all 0 watched tasks were expected already.", Lines(error)[0]);
    }

    [Fact]
    public async Task ExpectNoneEnded_OneHas_Fails()
    {
        _handler.Returns(1);
        await _probe.Watch(await _pool.SubmitAsync(new Echo(0))).Outcome;

        XunitException error = Assert.Throws<XunitException>(_probe.ExpectNoneEnded);

        Assert.Equal("Task 1: expected no outcome, got Completed(1).", Lines(error)[0]);
    }

    [Fact]
    public void ExpectNoMore_OneIsLeft_Fails()
    {
        _handler.Hangs();
        _probe.Watch(_pool.RunAsync(new Echo(0)));

        XunitException error = Assert.Throws<XunitException>(_probe.ExpectNoMore);

        Assert.StartsWith("Task 1: expected no more tasks, got ", error.Message, StringComparison.Ordinal);
    }

    private static string[] Lines(XunitException error) => error.Message.Split(Environment.NewLine);
}
