using Dispatcher.Actors.Tests.Support;
using Dispatcher.TestKit;

namespace Dispatcher.Actors.Tests.Routing;

/// <summary>Deadlines, run budgets and the grace of a pool's tasks, in virtual time.</summary>
public sealed class PoolTimeTests : DispatcherTestKit
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Deadline_PassesInTheQueue_TheTaskExpiresAndNeverRuns()
    {
        TestPool pool = StartPool(b => b.Workers(1).Handle<Work, string>(Work.HandleAsync));
        Work running = new("a"), late = new("b");
        Task<TaskOutcome<string>> first = pool.Dispatcher.RunAsync(running).AsTask();
        await running.Started;
        Task<TaskOutcome<string>> expired = pool.Dispatcher.RunAsync(late, new TaskOptions { Deadline = s_limit }).AsTask();
        await AdvanceAsync(s_limit);
        Assert.Equal(new Expired(ExpiredWhere.Queue), (await expired).Detail);
        Assert.False(late.Started.IsCompleted);
        Assert.Equal(0, pool.Dispatcher.Snapshot().Queued);
        running.Finish();
        Assert.True((await first).IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Deadline_PassesInTheHandler_ItsTokenIsCancelledAndTheTaskExpires(bool isDeadline)
    {
        TestPool pool = StartPool(b => b.Workers(1).Handle<Work, string>(Work.HandleAsync));
        Work work = new("a");
        TaskOptions options = isDeadline ? new TaskOptions { Deadline = s_limit } : new TaskOptions { RunBudget = s_limit };
        Task<TaskOutcome<string>> outcome = pool.Dispatcher.RunAsync(work, options).AsTask();
        // No time passes until the handler has its token, and none while it obeys.
        await work.Started;
        await AdvanceAsync(s_limit);
        Assert.Equal(new Expired(ExpiredWhere.Run), (await outcome).Detail);
        Assert.True(work.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task HandlerIgnoresItsToken_AfterTheGrace_TheTaskIsAbandonedAndItsPlaceIsFree()
    {
        TestPool pool = StartPool(b => b.Workers(1).Set("grace", s_limit).Handle<Work, string>(Work.HandleDeafAsync));
        Work deaf = new("a"), next = new("b");
        Task<TaskOutcome<string>> stuck = pool.Dispatcher.RunAsync(deaf, new TaskOptions { RunBudget = s_limit }).AsTask();
        await deaf.Started;
        await AdvanceAsync(s_limit);
        Assert.False(stuck.IsCompleted);
        await AdvanceAsync(s_limit);
        Assert.IsType<Abandoned>((await stuck).Detail);
        Task<TaskOutcome<string>> after = pool.Dispatcher.RunAsync(next).AsTask();
        await next.Started;
        deaf.Finish();
        next.Finish();
        Assert.True((await after).IsCompleted);
        await pool.AwaitAsync(snapshot => snapshot is { Running: 0, WorkersIdle: 1, Abandoned: 1, Completed: 1 });
    }
}
