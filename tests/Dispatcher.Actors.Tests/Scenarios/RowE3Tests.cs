using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row E3, panic recovery (articles 0/4.3, 2/4.1, 4/5): a handler that throws never takes down its pool; the caller learns of it with the cause chain; the
/// worker is restarted by its supervisor, or what the settings say for the error's class; a count tells.
/// </summary>
public sealed class RowE3Tests : DispatcherTestKit
{
    [Fact]
    public async Task RunAsync_HandlerThrows_TheCallerLearnsTheWorkerRestartsAndIsCounted()
    {
        TestPool pool = StartPool(d => d.Workers(1).Handle<Step, int, Counting>());
        Assert.Equal(1, (await pool.Dispatcher.RunAsync(new Step(null))).GetResultOrThrow());
        InvalidOperationException error = new("panic", new TimeoutException("cause"));
        Failed failed = Assert.IsType<Failed>((await pool.Dispatcher.RunAsync(new Step(error))).Detail);
        Assert.Same(error, failed.Error);
        Assert.IsType<TimeoutException>(failed.Error.InnerException);
        Assert.Equal(1, (await pool.Dispatcher.RunAsync(new Step(null))).GetResultOrThrow());
        Assert.Equal(1, pool.Dispatcher.Snapshot().WorkerFailures);
    }

    [Theory]
    [InlineData("supervision.resume-on", "InvalidOperationException", 2)] // keeps its handler
    [InlineData("supervision.stop-on", "SystemException", 1)] // by a base class: replaced
    public async Task RunAsync_DirectiveByErrorClass_IsFollowed(string key, string names, int expected)
    {
        TestPool pool = StartPool(d => d.Workers(1).Set(key, names).Handle<Step, int, Counting>());
        await pool.Dispatcher.RunAsync(new Step(null));
        await pool.Dispatcher.RunAsync(new Step(new InvalidOperationException("panic")));
        Assert.Equal(expected, (await pool.Dispatcher.RunAsync(new Step(null))).GetResultOrThrow());
        await pool.AwaitAsync(snapshot => snapshot.Workers == 1);
    }

    [Fact]
    public async Task RunAsync_ErrorThatThePoolCannotHeal_EndsThePoolAndNothingIsLost()
    {
        TestPool pool = StartPool(d => d.Workers(1).Set("supervision.escalate-on", "BadImageFormatException").Handle<Step, int, Counting>());
        Assert.IsType<Failed>((await pool.Dispatcher.RunAsync(new Step(new BadImageFormatException("broken")))).Detail);
        await pool.AwaitAsync(snapshot => snapshot.Phase == PoolPhase.Stopped);
        Assert.Equal(RejectReason.Stopped, Assert.IsType<Rejected>((await pool.Dispatcher.RunAsync(new Step(null))).Detail).Reason);
        await pool.VerifySumsAsync();
    }

    [Fact]
    public async Task RunAsync_WorkerFailsOftenInARow_RestsAndGoesOn()
    {
        TestPool pool = StartPool(d => d.Workers(1).Set("supervision.backoff-after", 3).Set("supervision.backoff-first", TimeSpan.FromSeconds(1))
            .Set("supervision.backoff-max", TimeSpan.FromSeconds(1)).Handle<Step, int, Counting>());
        for (int i = 0; i < 3; i++)
            await pool.Dispatcher.RunAsync(new Step(new InvalidOperationException("panic")));
        // The caller has the outcome before the worker fails, and its rest counts from then.
        await pool.AwaitTurnsAsync();
        Task<TaskOutcome<int>> next = pool.Dispatcher.RunAsync(new Step(null)).AsTask();
        await AdvanceAsync(TimeSpan.FromSeconds(0.9));
        Assert.False(next.IsCompleted);
        await AdvanceAsync(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, (await next).GetResultOrThrow());
    }

    private sealed record Step(Exception? Error) : ITask<int>;

    private sealed class Counting : ITaskHandler<Step, int>
    {
        private int _count;

        public ValueTask<int> HandleAsync(Step task, TaskContext context) => task.Error == null ? new ValueTask<int>(++_count) : throw task.Error;
    }
}
