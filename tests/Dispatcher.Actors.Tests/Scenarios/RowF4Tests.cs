using Dispatcher.Actors.Hosting;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row F4, declarative retries (article 0/5): 3 attempts, 5 s each, on named error classes, back-off with jitter, a budget; configuration, not code. In
/// virtual time.
/// </summary>
public sealed class RowF4Tests : DispatcherTestKit
{
    private static readonly RetryOptions s_articles = new() { Attempts = 3, TryTimeout = TimeSpan.FromSeconds(5), On = ["TimeoutException", "TryTimeout"] };

    private readonly ScriptedHandler<Probe, int> _handler;

    public RowF4Tests() => _handler = CreateScript<Probe, int>();

    [Fact]
    public async Task RunAsync_TwoTimeoutsThenAnAnswer_CompletesAtTheThirdAttempt()
    {
        _handler.Throws(new TimeoutException("1")).Throws(new TimeoutException("2")).Returns(7);
        ITaskDispatcher pool = Start(d => d.Retries(s_articles));
        Task<TaskOutcome<int>> task = pool.RunAsync(new Probe()).AsTask();
        await PassUntilAsync(task);
        Assert.Equal(7, (await task).GetResultOrThrow());
        Assert.Equal([1, 2, 3], _handler.Calls.Select(call => call.Attempt));
        Assert.Equal(2, pool.Snapshot().Retried);
    }

    [Fact]
    public async Task RunAsync_EveryAttemptFails_FailsWithTheLastErrorAndItsChain()
    {
        InvalidOperationException cause = new("cause");
        _handler.Throws(new TimeoutException("1")).Throws(new TimeoutException("2")).Throws(new TimeoutException("3", cause));
        ITaskDispatcher pool = Start(d => d.Retries(s_articles));
        Task<TaskOutcome<int>> task = pool.RunAsync(new Probe()).AsTask();
        await PassUntilAsync(task);
        Failed failed = Assert.IsType<Failed>((await task).Detail);
        Assert.Equal(("3", "TimeoutException", 3), (failed.Error.Message, failed.ErrorClass, failed.Attempts));
        Assert.Same(cause, failed.Error.InnerException);
    }

    [Fact]
    public async Task RunAsync_ErrorOfAnotherClass_FailsAtOnce()
    {
        _handler.Throws(new InvalidOperationException("a bug"));
        Failed failed = Assert.IsType<Failed>((await Start(d => d.Retries(s_articles)).RunAsync(new Probe())).Detail);
        Assert.Equal(("InvalidOperationException", 1), (failed.ErrorClass, failed.Attempts));
    }

    [Fact]
    public async Task RunAsync_ForeignCancellation_IsAFailureOfItsOwnClass()
    {
        _handler.Throws(new TaskCanceledException("somebody else's"));
        Failed failed = Assert.IsType<Failed>((await Start(d => d.Retries(s_articles)).RunAsync(new Probe())).Detail);
        Assert.Equal(("ForeignCancellation", 1), (failed.ErrorClass, failed.Attempts));
    }

    [Fact]
    public async Task RunAsync_EachTryTakesTooLong_IsAskedToStopAfterFiveSecondsEach()
    {
        _handler.RunsUntilCancelled(3);
        TestPool pool = StartPool(d => Describe(d).Retries(s_articles with { BackoffMax = TimeSpan.FromMilliseconds(100) }));
        Task<TaskOutcome<int>> task = pool.Dispatcher.RunAsync(new Probe()).AsTask();
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            // No time passes while a handler is on its way to its end, or to its begin.
            if (attempt > 1)
                await pool.AwaitAsync(snapshot => snapshot.Delayed == 1);
            while (pool.Dispatcher.Snapshot().Delayed == 1)
                await AdvanceAsync(TimeSpan.FromMilliseconds(1));
            HandlerCall<Probe> call = await _handler.NextCallAsync();
            Assert.False(call.CancellationToken.IsCancellationRequested);
            Assert.InRange(call.Remaining!.Value, TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5));
            await AdvanceAsync(call.Remaining.Value);
        }

        Failed failed = Assert.IsType<Failed>((await task).Detail);
        Assert.Equal(("TryTimeout", 3, 3), (failed.ErrorClass, failed.Attempts, _handler.Count));
        Assert.IsType<TimeoutException>(failed.Error);
    }

    [Fact]
    public async Task RunAsync_BackoffWouldEndAfterTheDeadline_FailsNowWithItsRealError()
    {
        _handler.Throws(new TimeoutException("down"), 3);
        ITaskDispatcher pool = Start(d => d.UseSeed(1).Retries(s_articles with { BackoffFirst = TimeSpan.FromMinutes(30), BackoffMax = TimeSpan.FromHours(1) }));
        TaskOutcome<int> outcome = await pool.RunAsync(new Probe(), new TaskOptions { Deadline = TimeSpan.FromSeconds(1) });
        Assert.Equal("down", Assert.IsType<Failed>(outcome.Detail).Error.Message);
        Assert.Equal(TimeSpan.Zero, Time.Elapsed);
    }

    [Fact]
    public async Task RunAsync_EverythingFails_RetriesStayWithinTheBudget()
    {
        const int Tasks = 200;
        _handler.Throws(new TimeoutException("down"), Tasks * 3);
        // Without a limit for a try: time passes here however far the handlers have come.
        ITaskDispatcher pool = Start(d => d.Retries(s_articles with { TryTimeout = null }).Set("retries.budget-percent", 10).Set("retries.budget-floor", 0));
        Task<TaskOutcome<int>>[] tasks = [.. Enumerable.Range(0, Tasks).Select(_ => pool.RunAsync(new Probe()).AsTask())];
        await PassUntilAsync(Task.WhenAll(tasks));
        Assert.All(await Task.WhenAll(tasks), outcome => Assert.Equal(OutcomeKind.Failed, outcome.Kind));
        // Fewer where tasks failed before the others had come.
        Assert.InRange(pool.Snapshot().Retried, 1, Tasks / 10);
    }

    [Fact]
    public async Task TryCancel_WhileItWaitsForItsRetry_EndsItAtOnce()
    {
        _handler.Throws(new TimeoutException("down"));
        TestPool pool = StartPool(d => Describe(d).Retries(s_articles with { BackoffFirst = TimeSpan.FromHours(1), BackoffMax = TimeSpan.FromHours(1) }));
        pool.Dispatcher.TrySubmit(new Probe(), out TaskHandle<int> handle);
        await pool.AwaitAsync(snapshot => snapshot.Retried == 1);
        Assert.Equal(TaskState.Delayed, handle.State);
        Assert.True(handle.TryCancel("test"));
        Assert.Equal(new Cancelled("test"), (await handle.Outcome).Detail);
        Assert.Equal(0, pool.Dispatcher.Snapshot().Delayed);
    }

    [Fact]
    public async Task Retries_ByPoolTypeAndTask_TheNearestWins()
    {
        _handler.Throws(new TimeoutException("down"), 100);
        ITaskDispatcher byType = Start(d => d.Retries(s_articles).Retries<Probe>(new RetryOptions { Attempts = 2 }));
        Assert.Equal(2, await AttemptsOf(byType, null));
        Assert.Equal(4, await AttemptsOf(byType, new RetryOptions { Attempts = 4 }));
    }

    [Fact]
    public async Task RunAsync_HandlerCannotBeMade_CostsNoAttemptAndEndsAsPoison()
    {
        _handler.Throws(new HandlerConstructionException(typeof(Probe), new InvalidOperationException("no connection")), 3);
        TestPool pool = StartPool(d => Describe(d).Set("retries.poison-after", 3));
        Task<TaskOutcome<int>> task = pool.Dispatcher.RunAsync(new Probe()).AsTask();
        await PassUntilAsync(task);
        Failed failed = Assert.IsType<Failed>((await task).Detail);
        Assert.Equal(("Poison", 1, 3), (failed.ErrorClass, failed.Attempts, _handler.Count));
    }

    // Each attempt sets the time of the next, so time passes in small steps, and not while a handler is at work.
    private async Task PassUntilAsync(Task ended)
    {
        while (!ended.IsCompleted)
        {
            foreach (TestPool pool in Pools)
                await pool.AwaitAsync(snapshot => snapshot is { Queued: 0, Running: 0 });
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        }
    }

    private async Task<int> AttemptsOf(ITaskDispatcher pool, RetryOptions? retries)
    {
        Task<TaskOutcome<int>> task = pool.RunAsync(new Probe(), new TaskOptions { Retries = retries }).AsTask();
        await PassUntilAsync(task);
        return Assert.IsType<Failed>((await task).Detail).Attempts;
    }

    private ITaskDispatcher Start(Action<TaskDispatcherBuilder> configure) => StartPool(d => configure(Describe(d))).Dispatcher;

    private TaskDispatcherBuilder Describe(TaskDispatcherBuilder builder) => builder.Workers(2).Handle(_handler);

    private sealed record Probe : ITask<int>;
}
