using Akka.Actor;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Routing;

public sealed class PoolLifeTests : PoolTest
{
    [Fact]
    public async Task Pool_FiftyWorkersAndAHundredTasks_RunInTwoRoundsOfFifty()
    {
        ITaskDispatcher pool = Start(b => b.Workers(50).Handle<Work, string>(Work.HandleAsync));
        Work[] works = [.. Enumerable.Range(0, 100).Select(i => new Work($"{i}"))];
        Task<TaskOutcome<string>>[] outcomes = [.. works.Select(work => pool.RunAsync(work).AsTask())];
        AwaitPool(pool, snapshot => snapshot is { Running: 50, Queued: 50, WorkersIdle: 0 });
        foreach (Work work in works.Where(work => work.Started.IsCompleted).ToList())
            work.Finish();
        AwaitPool(pool, snapshot => snapshot is { Running: 50, Queued: 0, Completed: 50 });
        foreach (Work work in works)
            work.Finish();
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
    }

    [Fact]
    public async Task Resize_UpAndDownUnderLoad_LosesNothing()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1, 64).Queue(100_000).Handle<Work, string>((work, _) => new ValueTask<string>(work.Name)));
        Task<TaskOutcome<string>>[] outcomes = new Task<TaskOutcome<string>>[20_000];
        Random random = new(1);
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = pool.RunAsync(new Work("x")).AsTask();
            if (i % 500 == 0)
                pool.Resize(random.Next(1, 65));
        }

        pool.Resize(3);
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
        AwaitPool(pool, snapshot => snapshot is { Workers: 3, WorkersIdle: 3 });
        Assert.Equal(outcomes.Length, pool.Snapshot().Submitted);
    }

    // The pool's actor reads the wished number while it starts, so it changes all the time until then, on many pools.
    [Fact]
    public void Resize_WhileThePoolStarts_IsNotLost()
    {
        ITaskDispatcher[] pools = [.. Enumerable.Range(0, 40).Select(i =>
        {
            ITaskDispatcher pool = Start(b => b.Workers(1, 16).Handle<Work, string>(Work.HandleAsync), name: $"pool-{i}");
            while (pool.Snapshot().Phase == PoolPhase.Starting)
            {
                pool.Resize(16);
                pool.Resize(1);
            }

            pool.Resize(2);
            return pool;
        })];

        foreach (ITaskDispatcher pool in pools)
            AwaitPool(pool, snapshot => snapshot is { Workers: 2, WorkersIdle: 2 });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Resize_OutOfBounds_ThrowsAndNamesThem(int workers)
    {
        ITaskDispatcher pool = Start(b => b.Workers(1, 4).Handle<Work, string>(Work.HandleAsync));
        Assert.Contains("1 to 4", Assert.Throws<ArgumentOutOfRangeException>(() => pool.Resize(workers)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resize_Down_BusyWorkersFinishFirst()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1, 4).Handle<Work, string>(Work.HandleAsync));
        pool.Resize(4);
        AwaitPool(pool, snapshot => snapshot.WorkersIdle == 4);
        Work[] works = [.. Enumerable.Range(0, 4).Select(i => new Work($"{i}"))];
        Task<TaskOutcome<string>>[] outcomes = [.. works.Select(work => pool.RunAsync(work).AsTask())];
        AwaitPool(pool, snapshot => snapshot.Running == 4);
        pool.Resize(1);
        AwaitPool(pool, snapshot => snapshot.WorkersDraining == 3);
        foreach (Work work in works)
            work.Finish();
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
        AwaitPool(pool, snapshot => snapshot is { Workers: 1, WorkersIdle: 1 });
    }

    [Fact]
    public async Task Shutdown_RunningAndQueuedTasks_FinishThenAllIsRejectedAsStopped()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Handle<Work, string>(Work.HandleAsync));
        Work running = new("a"), queued = new("b");
        Task<TaskOutcome<string>> first = pool.RunAsync(running).AsTask();
        Task<TaskOutcome<string>> second = pool.RunAsync(queued).AsTask();
        await running.Started;
        Task shutdown = CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance);
        AwaitPool(pool, snapshot => snapshot.Phase == PoolPhase.Draining);
        Assert.Equal(RejectReason.Draining, ((Rejected)(await Soon(pool.RunAsync(new Work("c")))).Detail!).Reason);
        running.Finish();
        queued.Finish();
        Assert.True((await Soon(first)).IsCompleted);
        Assert.True((await Soon(second)).IsCompleted);
        await shutdown.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(RejectReason.Stopped, ((Rejected)(await Soon(pool.RunAsync(new Work("d")))).Detail!).Reason);
    }

    [Fact]
    public async Task Shutdown_HandlerThatIgnoresItsToken_EndsInTimeAndTheTaskIsAbandoned()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1)
            .Set("drain-timeout", TimeSpan.FromMilliseconds(50)).Set("grace", TimeSpan.FromMilliseconds(50))
            .Handle<Work, string>(Work.HandleDeafAsync));
        Work deaf = new("a");
        Task<TaskOutcome<string>> stuck = pool.RunAsync(deaf).AsTask();
        Task<TaskOutcome<string>> queued = pool.RunAsync(new Work("b")).AsTask();
        await deaf.Started;
        await CoordinatedShutdown.Get(Sys).Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.IsType<Abandoned>((await Soon(stuck)).Detail);
        Assert.Equal(new Rejected(RejectReason.Stopped, null), (await Soon(queued)).Detail);
    }

    [Fact]
    public async Task Deadline_InThePast_ExpiresAtTheDoor()
    {
        ITaskDispatcher pool = Start(b => b.Handle<Work, string>(Work.HandleAsync));
        TaskOutcome<string> relative = await Soon(pool.RunAsync(new Work("a"), new TaskOptions { Deadline = TimeSpan.Zero }));
        TaskOutcome<string> absolute = await Soon(pool.RunAsync(new Work("a"), new TaskOptions { DeadlineAt = DateTimeOffset.UnixEpoch }));
        Assert.Equal(new Expired(ExpiredWhere.Submit), relative.Detail);
        Assert.Equal(new Expired(ExpiredWhere.Submit), absolute.Detail);
    }
}
