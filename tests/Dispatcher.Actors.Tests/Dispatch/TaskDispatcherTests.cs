using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Dispatch;

public sealed class TaskDispatcherTests : PoolTest
{
    [Fact]
    public async Task RunAsync_FunctionHandler_CompletesWithItsResult()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>((work, context) => new ValueTask<string>($"{work.Name} {context.Id.Value > 0} {context.Attempt}")));
        Assert.Equal("a True 1", (await Soon(pool.RunAsync(new Work("a")))).GetResultOrThrow());
        Assert.Equal("b True 1", (await Soon(pool.RunAsync<Work, string>(new Work("b")))).GetResultOrThrow());
    }

    [Fact]
    public async Task RunAsync_HandlerThatAwaits_CompletesAndHoldsNoThread()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Concurrency(3).Handle<Work, string>(Work.HandleAsync));
        Work[] works = [new("a"), new("b"), new("c")];
        Task<TaskOutcome<string>>[] outcomes = [.. works.Select(work => pool.RunAsync(work).AsTask())];
        foreach (Work work in works)
            await work.Started;
        Assert.Equal(3, pool.Snapshot().Running);
        foreach (Work work in works)
            work.Finish();
        Assert.Equal(["a done", "b done", "c done"], (await Soon(Task.WhenAll(outcomes))).Select(outcome => outcome.GetResultOrThrow()));
    }

    [Fact]
    public async Task RunAsync_UnregisteredType_IsRejectedAsNoHandler()
    {
        ITaskDispatcher pool = Start(b => b.Handle<string, int>((_, _) => new ValueTask<int>(1)));
        TaskOutcome<string> outcome = await Soon(pool.RunAsync(new Work("a")));
        Assert.Equal(new Rejected(RejectReason.NoHandler, null), outcome.Detail);
        Assert.False(pool.TrySubmit(new Work("b")));
        Assert.False(pool.TrySubmit(new Work("c"), out TaskHandle<string> handle));
        Assert.Equal(OutcomeKind.Rejected, (await handle.Outcome).Kind);
        Assert.Equal(3, pool.Snapshot().RejectedBy[RejectReason.NoHandler]);
    }

    [Fact]
    public void Anything_NullTask_Throws()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>(Work.HandleAsync));
        Assert.Throws<ArgumentNullException>(() => { _ = pool.RunAsync<string>(null!).AsTask(); });
        Assert.Throws<ArgumentNullException>(() => { _ = pool.RunAsync<string, int>(null!).AsTask(); });
        Assert.Throws<ArgumentNullException>(() => { _ = pool.SubmitAsync<string>(null!).AsTask(); });
        Assert.Throws<ArgumentNullException>(() => pool.TrySubmit<string>(null!));
        Assert.Throws<ArgumentNullException>(() => pool.TrySubmit<string>(null!, out _));
    }

    [Fact]
    public async Task RunAsync_FullQueueThatRefuses_IsRejectedWithAHint()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Queue(1).Handle<Work, string>(Work.HandleAsync));
        Work running = new("a");
        Task<TaskOutcome<string>> first = pool.RunAsync(running).AsTask();
        await running.Started;
        Assert.True(pool.TrySubmit(new Work("b"), out TaskHandle<string> queued));
        TaskOutcome<string> refused = await Soon(pool.RunAsync(new Work("c")));
        Assert.Equal(new Rejected(RejectReason.QueueFull, TimeSpan.FromMilliseconds(50)), refused.Detail);
        Assert.Equal(TaskState.Queued, queued.State);
        Assert.True(queued.TryCancel("test"));
        running.Finish();
        Assert.True((await Soon(first)).IsCompleted);
    }

    [Fact]
    public async Task SubmitAsync_FullQueueThatWaits_IsAcceptedWhenAPlaceIsFree()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Queue(1, FullPolicy.Wait).Handle<Work, string>(Work.HandleAsync));
        Work[] works = [new("a"), new("b"), new("c")];
        TaskHandle<string> a = await Soon(pool.SubmitAsync(works[0]));
        await works[0].Started;
        TaskHandle<string> b = await Soon(pool.SubmitAsync(works[1]));
        Task<TaskHandle<string>> c = pool.SubmitAsync(works[2]).AsTask();
        Assert.Equal(1, pool.Snapshot().Waiting);
        Assert.False(c.IsCompleted);
        works[0].Finish();
        TaskHandle<string> accepted = await Soon(c);
        works[1].Finish();
        works[2].Finish();
        foreach (TaskHandle<string> handle in new[] { a, b, accepted })
            Assert.True((await Soon(handle.Outcome)).IsCompleted);
        Assert.Equal(TaskState.Ended, accepted.State);
    }

    [Fact]
    public async Task PostAsync_FullQueueThatWaits_SaysWhetherItGotAPlace()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Queue(1, FullPolicy.Wait).Handle<Work, string>(Work.HandleAsync));
        Work[] works = [new("a"), new("b"), new("c")];
        Assert.True(await Soon(pool.PostAsync(works[0])));
        await works[0].Started;
        Assert.True(await Soon(pool.PostAsync(works[1])));
        Task<bool> waits = pool.PostAsync(works[2]).AsTask();
        Task<bool> gaveUp = pool.PostAsync(new Work("d"), new TaskOptions { Deadline = TimeSpan.FromMilliseconds(20) }).AsTask();
        Assert.False(await Soon(gaveUp));
        Assert.False(waits.IsCompleted);
        works[0].Finish();
        Assert.True(await Soon(waits));
        works[1].Finish();
        works[2].Finish();
        AwaitPool(pool, snapshot => snapshot is { Completed: 3, Expired: 1, WorkersIdle: 1 });
    }

    [Fact]
    public async Task RunAsync_FullQueueThatDropsTheOldest_ALessUrgentTaskMakesRoom()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Queue(1, FullPolicy.DropOldest).Handle<Work, string>(Work.HandleAsync));
        Work running = new("a"), urgent = new("c");
        Task<TaskOutcome<string>> first = pool.RunAsync(running).AsTask();
        await running.Started;
        Task<TaskOutcome<string>> victim = pool.RunAsync(new Work("b"), new TaskOptions { Priority = TaskPriority.P2 }).AsTask();
        Task<TaskOutcome<string>> winner = pool.RunAsync(urgent, new TaskOptions { Priority = TaskPriority.P0 }).AsTask();
        Assert.Equal(RejectReason.Shed, ((Rejected)(await Soon(victim)).Detail!).Reason);
        running.Finish();
        urgent.Finish();
        Assert.True((await Soon(first)).IsCompleted);
        Assert.True((await Soon(winner)).IsCompleted);
    }

    [Fact]
    public async Task TryCancel_RunningTask_CancelsItsTokenAndTheOutcomeSaysBy()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>(Work.HandleAsync));
        Work work = new("a");
        Assert.True(pool.TrySubmit(work, out TaskHandle<string> handle));
        await work.Started;
        Assert.Equal(TaskState.Running, handle.State);
        Assert.True(handle.TryCancel("the test"));
        Assert.False(handle.TryCancel("again"));
        Assert.Equal(new Cancelled("the test"), (await Soon(handle.Outcome)).Detail);
        Assert.True(work.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task RunAsync_CallersToken_CancelsQueuedAndRunningAndRefusesNew()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Handle<Work, string>(Work.HandleAsync));
        using CancellationTokenSource source = new();
        Work running = new("a"), queued = new("b");
        Task<TaskOutcome<string>> first = pool.RunAsync(running, null, source.Token).AsTask();
        await running.Started;
        Task<TaskOutcome<string>> second = pool.RunAsync(queued, null, source.Token).AsTask();
        await source.CancelAsync();
        Task<TaskOutcome<string>> third = pool.RunAsync(new Work("c"), null, source.Token).AsTask();
        foreach (Task<TaskOutcome<string>> outcome in new[] { first, second, third })
            Assert.Equal(new Cancelled("caller"), (await Soon(outcome)).Detail);
        Assert.False(queued.Started.IsCompleted);
    }

    [Fact]
    public async Task RunAsync_OperationCanceledNobodyAskedFor_IsAFailure()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>((_, _) => throw new OperationCanceledException("foreign")));
        Assert.IsType<Failed>((await Soon(pool.RunAsync(new Work("a")))).Detail);
    }
}
