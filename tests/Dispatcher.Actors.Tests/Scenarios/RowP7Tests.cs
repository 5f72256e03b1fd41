using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>
/// Row P7, worker classes: cpu, io and hybrid workers. P0 and CPU-bound goes to cpu; a share of I/O waits over 0.6 goes to io; else hybrid. Traits of tasks
/// are measured, not only declared.
/// </summary>
public sealed class RowP7Tests : PoolTest
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task DeclaredClasses_RunOnWorkersAndThreadsOfTheirOwn()
    {
        ITaskDispatcher pool = Start(b => b.Workers(2).Set("cpu.workers", 1).Set("io.workers", 1).Set("io.concurrency", 3).Set("long.task-types", new[] { nameof(Slow) })
            .Handle<Compute, string>((_, _) => new ValueTask<string>(ThreadName()), h => h.On(WorkerClass.Cpu))
            .Handle<Work, string>(Work.HandleAsync, h => h.On(WorkerClass.Io))
            .Handle<Slow, string>((_, _) => new ValueTask<string>(ThreadName()))
            .Handle<Other, string>((_, _) => new ValueTask<string>(ThreadName())));
        string compute = (await Soon(pool.RunAsync(new Compute()))).GetResultOrThrow(), slow = (await Soon(pool.RunAsync(new Slow()))).GetResultOrThrow();
        Assert.StartsWith("own", compute, StringComparison.Ordinal);
        Assert.StartsWith("own", slow, StringComparison.Ordinal);
        Assert.NotEqual(compute, slow);
        Assert.Equal("shared", (await Soon(pool.RunAsync(new Other()))).GetResultOrThrow());

        // One io worker has several tasks that wait.
        Work[] works = [new("a"), new("b"), new("c"), new("d")];
        Task<TaskOutcome<string>>[] outcomes = [.. works.Select(work => pool.RunAsync(work).AsTask())];
        AwaitPool(pool, snapshot => snapshot is { Running: 3, Queued: 1 });
        AwaitCondition(() => pool.GetWorkers().Single(worker => worker.Class == WorkerClass.Io).Running == 3);
        foreach (Work work in works)
            work.Finish();
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
        AwaitPool(pool, snapshot => snapshot is { Submitted: 7, Completed: 7, Running: 0 });
        Assert.Equal(
            [WorkerClass.Default, WorkerClass.Default, WorkerClass.Cpu, WorkerClass.Io],
            pool.GetWorkers().Select(worker => worker.Class).Where(workers => workers != WorkerClass.Long));
    }

    [Fact]
    public async Task LongTasksHoldAllTheirThreads_OthersGoOn()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Set("long.workers", 2)
            .Handle<Slow, string>((_, _) => new ValueTask<string>(_gate.Pass("slow")), h => h.On(WorkerClass.Long))
            .Handle<Other, string>((_, _) => new ValueTask<string>("other")));
        Task<TaskOutcome<string>>[] slow = [.. Enumerable.Range(0, 5).Select(_ => pool.RunAsync(new Slow()).AsTask())];
        AwaitPool(pool, snapshot => snapshot is { Running: 2, Queued: 3 });
        Assert.Equal("other", (await Soon(pool.RunAsync(new Other()))).GetResultOrThrow());
        AwaitCondition(() => _gate.Inside == 2);
        _gate.Open();
        Assert.All(await Soon(Task.WhenAll(slow)), outcome => Assert.True(outcome.IsCompleted));
    }

    [Fact]
    public async Task Shutdown_AllClassesWork_AllFinish()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1)
            .Handle<Compute, string>((_, _) => new ValueTask<string>(_gate.Pass("cpu")), h => h.On(WorkerClass.Cpu))
            .Handle<Slow, string>((_, _) => new ValueTask<string>(_gate.Pass("long")), h => h.On(WorkerClass.Long))
            .Handle<Work, string>(Work.HandleAsync, h => h.On(WorkerClass.Io)));
        Work work = new("io");
        Task<TaskOutcome<string>>[] outcomes = [pool.RunAsync(new Compute()).AsTask(), pool.RunAsync(new Slow()).AsTask(), pool.RunAsync(work).AsTask()];
        AwaitPool(pool, snapshot => snapshot.Running == 3);
        Task shutdown = Akka.Actor.CoordinatedShutdown.Get(Sys).Run(Akka.Actor.CoordinatedShutdown.ClrExitReason.Instance);
        AwaitPool(pool, snapshot => snapshot.Phase == PoolPhase.Draining);
        work.Finish();
        _gate.Open();
        Assert.All(await Soon(Task.WhenAll(outcomes)), outcome => Assert.True(outcome.IsCompleted));
        await shutdown.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((PoolPhase.Stopped, 3L, 3L), (pool.Snapshot().Phase, pool.Snapshot().Submitted, pool.Snapshot().Completed));
    }

    [Fact]
    public void ClassesThatContradictOrHaveNoEffect_FailTheStart()
    {
        static ValueTask<string> Never(Compute task, TaskContext context) => throw new InvalidOperationException("not to be called");
        foreach (string key in (string[])["cpu.workers", "io.workers", "io.concurrency", "long.workers"])
            Assert.Contains(key, Assert.Throws<SettingsException>(() => Start(b => b.Set(key, 2).Handle<Compute, string>(Never))).Message, StringComparison.Ordinal);
        foreach (string key in (string[])["cpu.workers", "io.workers", "io.concurrency", "long.workers"])
        {
            SettingsException range = Assert.Throws<SettingsException>(() => Start(b => b.Set(key, 0).Handle<Compute, string>(Never)));
            Assert.Contains(range.Errors, error => error.Path == $"dispatcher.pools.work.{key}" && error.Expected.Contains("from 1 to", StringComparison.Ordinal));
        }

        SettingsException twice = Assert.Throws<SettingsException>(() => Start(
            b => b.Set("cpu.task-types", new[] { nameof(Compute) }).Set("io.task-types", new[] { nameof(Compute) }).Handle<Compute, string>(Never)));
        Assert.Equal(("dispatcher.pools.work.io.task-types", nameof(Compute)), (twice.Errors[0].Path, twice.Errors[0].Value));
        SettingsException code = Assert.Throws<SettingsException>(
            () => Start(b => b.Set("cpu.task-types", new[] { nameof(Compute) }).Handle<Compute, string>(Never, h => h.On(WorkerClass.Long))));
        Assert.Equal("dispatcher.pools.work.cpu.task-types", code.Errors[0].Path);
        Assert.Contains("Nobody", Assert.Throws<SettingsException>(
            () => Start(b => b.Set("long.task-types", new[] { "Nobody" }).Handle<Compute, string>(Never))).Message, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _gate.Dispose();
        base.Dispose(disposing);
    }

    private static string ThreadName() => Thread.CurrentThread.IsThreadPoolThread ? "shared" : $"own {Environment.CurrentManagedThreadId}";

    private sealed record Compute : ITask<string>;

    private sealed record Slow : ITask<string>;

    private sealed record Other : ITask<string>;
}
