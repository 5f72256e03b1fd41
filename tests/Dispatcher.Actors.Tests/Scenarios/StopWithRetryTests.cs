using Akka.Actor;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>A stop while a task waits for its retry: the retry runs if its time comes before the drain's is over; else the task has failed with its error.</summary>
public sealed class StopWithRetryTests : DispatcherTestKit
{
    [Fact]
    public async Task Shutdown_WhileATaskWaitsForItsRetry_ItHasFailedWithItsError()
    {
        ScriptedHandler<Job, int> handler = CreateScript<Job, int>();
        handler.Throws(new TimeoutException("down"), 2);
        RetryOptions retries = new() { Attempts = 2, BackoffFirst = TimeSpan.FromHours(1), BackoffMax = TimeSpan.FromHours(1) };
        TestPool pool = StartPool(d => d.Workers(1).Retries(retries).Set("drain-timeout", TimeSpan.FromSeconds(5)).Handle(handler));
        Task<TaskOutcome<int>> task = pool.Dispatcher.RunAsync(new Job()).AsTask();
        await pool.AwaitAsync(snapshot => snapshot.Retried == 1);
        Task stop = CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await pool.AwaitAsync(snapshot => snapshot.Phase == PoolPhase.Draining);
        await AdvanceAsync(TimeSpan.FromSeconds(5.1));
        Assert.Equal("down", Assert.IsType<Failed>((await task).Detail).Error.Message);
        await stop;
    }

    private sealed record Job : ITask<int>;
}
