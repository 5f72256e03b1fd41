using Akka.Configuration;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>Row P9, fairness of long tasks: a handler that runs long or blocks its thread delays neither control messages nor probes nor other classes.</summary>
public sealed class RowP9Tests : PoolTest
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task EveryBlockingWorkerIsBlocked_OtherTypesResizesDeadlinesAndProbesGoOn()
    {
        const int Blocking = 8;
        ITaskDispatcher pool = Start(b => b.Workers(1, 4).Set("blocking.workers", Blocking)
            .Handle<Work, string>(Work.HandleAsync)
            .Handle<Block, string>((task, _) => new ValueTask<string>(_gate.Pass(task.Name)), h => h.Blocking()));
        Task<TaskOutcome<string>>[] blocked = [.. Enumerable.Range(0, Blocking + 2).Select(i => pool.RunAsync(new Block($"{i}")).AsTask())];
        AwaitPool(pool, snapshot => snapshot is { Running: Blocking, Queued: 2 });
        AwaitCondition(() => _gate.Inside == Blocking);
        Assert.Equal(Blocking, pool.GetWorkers().Count(worker => worker is { Class: WorkerClass.Blocking, State: WorkerState.Busy, Running: 1 }));

        // Other types of the pool.
        Work work = new("a");
        Task<TaskOutcome<string>> other = pool.RunAsync(work).AsTask();
        work.Finish();
        Assert.True((await Soon(other)).IsCompleted);
        // Control messages.
        pool.Resize(4);
        AwaitPool(pool, snapshot => snapshot.WorkersIdle == 4);
        // Deadlines of tasks that wait for a blocking worker, and a cancel.
        Assert.Equal(new Expired(ExpiredWhere.Queue), (await Soon(pool.RunAsync(new Block("late"), new TaskOptions { Deadline = TimeSpan.FromMilliseconds(20) }))).Detail);
        TaskHandle<string> cancelled = await pool.SubmitAsync(new Block("cancelled"));
        Assert.True(cancelled.TryCancel("test"));
        Assert.Equal(OutcomeKind.Cancelled, (await Soon(cancelled.Outcome)).Kind);

        _gate.Open();
        Assert.All(await Soon(Task.WhenAll(blocked)), outcome => Assert.True(outcome.IsCompleted));
        PoolSnapshot end = pool.Snapshot();
        Assert.Equal((Blocking + 5, Blocking + 5), ((int)end.Submitted, (int)end.Ended));
    }

    [Fact]
    public async Task EveryBlockingWorkerIsBlocked_TheThreadsAreTheirOwn()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Set("blocking.workers", 2)
            .Handle<Work, string>((_, _) => new ValueTask<string>($"{Thread.CurrentThread.IsThreadPoolThread}"))
            .Handle<Block, string>((_, _) => new ValueTask<string>($"{Thread.CurrentThread.IsThreadPoolThread}"), h => h.Blocking()));
        Assert.Equal("True", (await Soon(pool.RunAsync(new Work("a")))).GetResultOrThrow());
        Assert.Equal("False", (await Soon(pool.RunAsync(new Block("b")))).GetResultOrThrow());
    }

    [Fact]
    public async Task OneKey_TypesOfBothClasses_RunOneAtATimeInOrder()
    {
        ITaskDispatcher pool = Start(b => b.Workers(2).Handle<Work, string>(Work.HandleAsync)
            .Handle<Block, string>((task, _) => new ValueTask<string>(_gate.Pass(task.Name)), h => h.Blocking()));
        TaskOptions keyed = new() { Key = "a" };
        Work first = new("first"), last = new("last");
        Task<TaskOutcome<string>> a = pool.RunAsync(first, keyed).AsTask(), b = pool.RunAsync(new Block("b"), keyed).AsTask(), c = pool.RunAsync(last, keyed).AsTask();
        await Soon(first.Started.ContinueWith(_ => true, TaskScheduler.Default));
        Assert.Equal((0, 2), (_gate.Inside, pool.Snapshot().Queued));
        first.Finish();
        Assert.True((await Soon(a)).IsCompleted);
        AwaitCondition(() => _gate.Inside == 1);
        Assert.False(last.Started.IsCompleted);
        _gate.Open();
        Assert.True((await Soon(b)).IsCompleted);
        last.Finish();
        Assert.True((await Soon(c)).IsCompleted);
    }

    [Fact]
    public async Task DeclaredByAttributeOrByName_RunOnBlockingWorkers()
    {
        ITaskDispatcher byAttribute = Start(b => b.Handle<Block, string, Attributed>(), name: "attribute");
        ITaskDispatcher byName = Start(
            b => b.Set("blocking.task-types", new[] { nameof(Block) }).Handle<Block, string>((_, _) => new ValueTask<string>($"{Thread.CurrentThread.IsThreadPoolThread}")), name: "name");
        Assert.Equal("False", (await Soon(byAttribute.RunAsync(new Block("a")))).GetResultOrThrow());
        Assert.Equal("False", (await Soon(byName.RunAsync(new Block("a")))).GetResultOrThrow());
    }

    [Fact]
    public void SettingsOfBlockingWorkers_WithoutEffect_FailTheStart()
    {
        SettingsException none = Assert.Throws<SettingsException>(() => Start(b => b.Set("blocking.workers", 3).Handle<Work, string>(Work.HandleAsync)));
        Assert.Contains("blocking.workers", none.Message, StringComparison.Ordinal);
        SettingsException unknown = Assert.Throws<SettingsException>(() => Start(b => b.Set("blocking.task-types", new[] { "Nobody" }).Handle<Work, string>(Work.HandleAsync)));
        Assert.Contains("Nobody", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TaskTypesInHocon_AreRead()
    {
        Config config = ConfigurationFactory.ParseString("dispatcher.pools.p.blocking { task-types = [Work, \"Some.Other\"], workers = 3 }").WithFallback(ReferenceConfig.Value);
        PoolSettings settings = SettingsReader.ReadPool(config, "p");
        Assert.Equal(["Work", "Some.Other"], settings.Classes[WorkerClass.Blocking].TaskTypes);
        Assert.Equal(3, settings.Classes[WorkerClass.Blocking].Workers);
    }

    [Fact]
    public async Task Shutdown_BothClassesWork_BothFinish()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Handle<Work, string>(Work.HandleAsync)
            .Handle<Block, string>((task, _) => new ValueTask<string>(_gate.Pass(task.Name)), h => h.Blocking()));
        Work work = new("a");
        Task<TaskOutcome<string>> one = pool.RunAsync(work).AsTask(), two = pool.RunAsync(new Block("b")).AsTask();
        AwaitPool(pool, snapshot => snapshot.Running == 2);
        Task shutdown = Akka.Actor.CoordinatedShutdown.Get(Sys).Run(Akka.Actor.CoordinatedShutdown.ClrExitReason.Instance);
        AwaitPool(pool, snapshot => snapshot.Phase == PoolPhase.Draining);
        work.Finish();
        Assert.True((await Soon(one)).IsCompleted);
        _gate.Open();
        Assert.True((await Soon(two)).IsCompleted);
        await shutdown.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(PoolPhase.Stopped, pool.Snapshot().Phase);
    }

    [Fact]
    public void UndeclaredHandlerHoldsItsThread_IsNamedInTheLogOnce()
    {
        Lines lines = new();
        using ServiceProvider services = new ServiceCollection().AddLogging(logging => logging.AddProvider(lines)).BuildServiceProvider();
        ITaskDispatcher pool = Start(
            b => b.Workers(2).Set("held-thread-warning", TimeSpan.FromMilliseconds(20))
                .Handle<Block, string>((task, _) => new ValueTask<string>(_gate.Pass(task.Name))),
            services);
        pool.TrySubmit(new Block("a"));
        pool.TrySubmit(new Block("b"));
        AwaitCondition(() => !lines.Warnings.IsEmpty, TimeSpan.FromSeconds(20));
        _gate.Open();
        AwaitPool(pool, snapshot => snapshot.Completed == 2);
        Assert.Contains(nameof(Block), Assert.Single(lines.Warnings), StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _gate.Dispose();
        base.Dispose(disposing);
    }

    private sealed record Block(string Name) : ITask<string>;

    [BlockingHandler]
    private sealed class Attributed : ITaskHandler<Block, string>
    {
        public ValueTask<string> HandleAsync(Block task, TaskContext context) => new($"{Thread.CurrentThread.IsThreadPoolThread}");
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public System.Collections.Concurrent.ConcurrentQueue<string> Warnings { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Warnings.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
