using Dispatcher.Actors;
using Xunit.Sdk;

namespace Dispatcher.TestKit.Tests.Handlers;

public sealed class ScriptedHandlerTests : DispatcherTestKit
{
    private readonly ScriptedHandler<Echo, int> _handler;
    private readonly OutcomeProbe<int> _probe;

    public ScriptedHandlerTests()
    {
        _handler = CreateScript<Echo, int>();
        _probe = CreateOutcomeProbe<int>();
    }

    [Fact]
    public async Task Script_OfManySteps_IsFollowedCallByCall_AndTheLastStepStays()
    {
        ITaskDispatcher pool = Start();
        _handler.Returns(1).Throws(new FormatException("two"), times: 2).Returns(task => task.Number * 10);

        for (int i = 0; i < 5; i++)
            _probe.Watch(pool.RunAsync(new Echo(i)));

        await _probe.ExpectCompletedAsync(1);
        await _probe.ExpectFailedAsync<FormatException>();
        await _probe.ExpectFailedAsync<FormatException>();
        await _probe.ExpectCompletedAsync(30);
        await _probe.ExpectCompletedAsync(40);
    }

    [Fact]
    public async Task Script_Empty_FailsTheCallAndSaysWhy()
    {
        _probe.Watch(Start().RunAsync(new Echo(1)));

        Failed failed = await _probe.ExpectFailedAsync<InvalidOperationException>();

        Assert.Contains("The scripted handler of Echo has no script", failed.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_AreRecorded()
    {
        ITaskDispatcher pool = Start();
        _handler.Returns(0);
        Time.Advance(TimeSpan.FromMinutes(1));

        await pool.RunAsync(new Echo(5));
        await pool.RunAsync(new Echo(6), new TaskOptions { Tenant = "acme", Deadline = TimeSpan.FromSeconds(9) });

        Assert.Equal([5, 6], _handler.Calls.Select(call => call.Task.Number));
        HandlerCall<Echo> second = _handler.Calls[1];
        Assert.Equal((2, "acme", 1, TimeSpan.FromSeconds(9)), (second.Number, second.Tenant, second.Attempt, second.Remaining));
        Assert.Equal(ManualTimeProvider.DefaultStart.AddMinutes(1), second.At);
        Assert.NotEqual(_handler.Calls[0].Id, second.Id);
        Assert.Equal(0, _handler.Running);
    }

    [Fact]
    public async Task NextCall_EachCallOnce_InTheirOrder()
    {
        ITaskDispatcher pool = Start();
        _handler.Returns(0);
        Task<HandlerCall<Echo>> first = _handler.NextCallAsync();
        Assert.False(first.IsCompleted);

        pool.TrySubmit(new Echo(1));
        pool.TrySubmit(new Echo(2));

        Assert.Equal(1, (await first).Task.Number);
        Assert.Equal(2, (await _handler.NextCallAsync()).Task.Number);
    }

    [Fact]
    public async Task NextCall_NoneComes_SaysSo()
    {
        XunitException error = await Assert.ThrowsAsync<XunitException>(() => _handler.NextCallAsync(TimeSpan.FromMilliseconds(20)));

        Assert.Equal("Expected call 1 of the handler of Echo within 00:00:00.0200000; 0 have begun, 0 are under way.", error.Message);
    }

    [Fact]
    public async Task WaitsFor_AGate_RunsAtOnceWhatThePoolRunsAtOnce()
    {
        ITaskDispatcher pool = Start(concurrency: 3);
        HandlerGate gate = new();
        _handler.WaitsFor(gate, 7);
        for (int i = 0; i < 5; i++)
            _probe.Watch(pool.RunAsync(new Echo(i)));

        await gate.AwaitWaitingAsync(3);
        Assert.Equal((3, 3), (_handler.Running, _handler.MostRunning));
        gate.Open();

        await _probe.ExpectAsync(
            OutcomeKind.Completed, OutcomeKind.Completed, OutcomeKind.Completed, OutcomeKind.Completed, OutcomeKind.Completed);
        Assert.Equal(5, _handler.Count);
        Assert.InRange(_handler.MostRunning, 3, 3);
    }

    [Fact]
    public async Task Takes_ATime_EndsWhenItHasPassed()
    {
        _handler.Takes(TimeSpan.FromHours(1), 7);
        _probe.Watch(Start().RunAsync(new Echo(1)));
        await _handler.AwaitRunningAsync(1);

        await AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(1, _handler.Running);
        _probe.ExpectNoneEnded();
        await AdvanceAsync(TimeSpan.FromMinutes(1));

        await _probe.ExpectCompletedAsync(7);
    }

    [Fact]
    public async Task RunsUntilCancelled_ItsDeadlinePasses_Obeys()
    {
        _handler.RunsUntilCancelled();
        _probe.Watch(Start().RunAsync(new Echo(1), new TaskOptions { Deadline = TimeSpan.FromSeconds(5) }));
        HandlerCall<Echo> call = await _handler.NextCallAsync();

        await AdvanceAsync(TimeSpan.FromSeconds(5));

        await _probe.ExpectExpiredAsync(ExpiredWhere.Run);
        Assert.True(call.CancellationToken.IsCancellationRequested);
        await _handler.AwaitRunningAsync(0);
    }

    [Fact]
    public async Task Hangs_ItsDeadlineAndTheGracePass_IsAbandoned()
    {
        _handler.Hangs();
        _probe.Watch(Start().RunAsync(new Echo(1), new TaskOptions { Deadline = TimeSpan.FromSeconds(5) }));
        await _handler.AwaitRunningAsync(1);

        await AdvanceAsync(TimeSpan.FromSeconds(9.9));
        _probe.ExpectNoneEnded();
        await AdvanceAsync(TimeSpan.FromSeconds(0.2));

        await _probe.ExpectAbandonedAsync();
        Assert.Equal(1, _handler.Running);
    }

    [Fact]
    public void Runs_NoTimes_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _handler.Returns(1, times: 0));

    private ITaskDispatcher Start(int concurrency = 1) =>
        StartPool(d => d.Workers(1).Concurrency(concurrency).Handle(_handler)).Dispatcher;
}
