using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Workers;

public sealed class FailureTests : PoolTest
{
    [Fact]
    public async Task HandlerThrows_CallerGetsTheErrorAndTheWorkerAFreshHandler()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Handle<Work, string, Counting>());
        Assert.Equal("1", (await Soon(pool.RunAsync(new Work("a")))).GetResultOrThrow());
        Assert.Equal("2", (await Soon(pool.RunAsync(new Work("b")))).GetResultOrThrow());
        Failed failed = Assert.IsType<Failed>((await Soon(pool.RunAsync(new Work("throw")))).Detail);
        Assert.Equal("no", failed.Error.Message);
        Assert.Equal(1, failed.Attempts);
        Assert.Equal("1", (await Soon(pool.RunAsync(new Work("c")))).GetResultOrThrow());
    }

    [Fact]
    public async Task HandlerThrowsLater_CallerGetsTheErrorAndTheWorkersOtherTasksGoOn()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Concurrency(2).Handle<Work, string>(Work.HandleAsync));
        Work good = new("good"), bad = new("bad"), next = new("next");
        Task<TaskOutcome<string>> goodEnd = pool.RunAsync(good).AsTask();
        Task<TaskOutcome<string>> badEnd = pool.RunAsync(bad).AsTask();
        await bad.Started;
        bad.Fail(new InvalidOperationException("no"));
        Assert.IsType<Failed>((await Soon(badEnd)).Detail);
        Task<TaskOutcome<string>> nextEnd = pool.RunAsync(next).AsTask();
        await Soon(next.Started.ContinueWith(_ => true, TaskScheduler.Default));
        next.Finish();
        good.Finish();
        Assert.Equal("next done", (await Soon(nextEnd)).GetResultOrThrow());
        Assert.Equal("good done", (await Soon(goodEnd)).GetResultOrThrow());
    }

    [Fact]
    public async Task EveryTaskThrows_EveryCallerLearnsAndNothingIsLost()
    {
        const int Tasks = 2_000;
        ITaskDispatcher pool = Start(b => b.Workers(4).Queue(Tasks).Handle<Work, string>((_, _) => throw new InvalidOperationException("no")));
        TaskOutcome<string>[] outcomes = await Soon(Task.WhenAll(Enumerable.Range(0, Tasks).Select(i => pool.RunAsync(new Work("x")).AsTask())));
        Assert.All(outcomes, outcome => Assert.Equal(OutcomeKind.Failed, outcome.Kind));
        Assert.Equal(Tasks, pool.Snapshot().Failed);
        AwaitPool(pool, snapshot => snapshot.WorkersIdle == 4);
    }

    [Fact]
    public void HandlerThatCannotBeMade_FailsTheStartWithItsName()
    {
        HandlerConstructionException thrown = Assert.Throws<HandlerConstructionException>(() => Start(b => b.Handle<Work, string, Unmakeable>()));
        Assert.Equal(typeof(Unmakeable), thrown.Handler);
        Assert.Contains(nameof(Unmakeable), thrown.Message, StringComparison.Ordinal);
    }

    private sealed class Counting : ITaskHandler<Work, string>
    {
        private int _count;

        public ValueTask<string> HandleAsync(Work task, TaskContext context) =>
            task.Name == "throw" ? throw new InvalidOperationException("no") : new ValueTask<string>($"{++_count}");
    }

    private sealed class Unmakeable : ITaskHandler<Work, string>
    {
        public Unmakeable() => throw new InvalidOperationException("not today");

        public ValueTask<string> HandleAsync(Work task, TaskContext context) => default;
    }
}
