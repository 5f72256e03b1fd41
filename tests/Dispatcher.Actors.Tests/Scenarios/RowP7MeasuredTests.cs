using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>The measured half of row P7: P0 and CPU-bound goes to cpu, a share of waits over 0.6 goes to io, else hybrid; here also: what computes for long goes to long.</summary>
public sealed class RowP7MeasuredTests : PoolTest
{
    private readonly MeasuredPool _pool;
    private readonly List<string> _ran = [];
    private TaskCompletionSource? _wait;

    public RowP7MeasuredTests() => _pool = new MeasuredPool(HandleAsync);

    [Fact]
    public void TypeThatComputes_P0GoesToCpuAndTheRestToHybrid()
    {
        ClassDecided? decided = _pool.Measure("compute 5");
        Assert.Equal((TaskTrait.Hybrid, TaskTrait.Computes, WorkerClass.Default), (decided!.From, decided.To, decided.Class));
        Assert.Contains("waits 0 %, busy 5 ms a run", decided.Reason, StringComparison.Ordinal);
        _pool.Submit("urgent", new TaskOptions { Priority = TaskPriority.P0 });
        _pool.Submit("other", new TaskOptions { Priority = TaskPriority.P1 });
        Assert.Equal((1, 1, 0, 0), Queues());
    }

    [Fact]
    public void TypeThatWaitsOverSixTenths_GoesToIo_AndBackWhenItDoesNotAnyMore()
    {
        for (int i = 0; i < 4; i++)
        {
            _pool.Time.Advance(TimeSpan.FromSeconds(1));
            _pool.Submit("compute 39, wait");
            _pool.Turn(WorkerClass.Default);
            Assert.Equal(1, _pool.Snapshot().Running);
            _pool.Time.Advance(TimeSpan.FromMilliseconds(61));
            EndWait();
            ClassDecided? decided = _pool.Look();
            Assert.Equal(i == 3 ? WorkerClass.Io : null, decided?.Class);
        }

        _pool.Submit("a", new TaskOptions { Priority = TaskPriority.P0 });
        Assert.Equal((0, 0, 1, 0), Queues());
        _pool.Turn(WorkerClass.Io);
        ClassDecided? back = _pool.Measure("compute 5");
        Assert.Equal((TaskTrait.Waits, TaskTrait.Computes, WorkerClass.Default), (back!.From, back.To, back.Class));
    }

    [Fact]
    public void TypeThatComputesForLong_GoesToLong_AndUrgentTasksToCpu()
    {
        Assert.Equal(WorkerClass.Long, _pool.Measure("compute 50")!.Class);
        _pool.Submit("a");
        _pool.Submit("urgent", new TaskOptions { Priority = TaskPriority.P0 });
        Assert.Equal((0, 1, 0, 1), Queues());
    }

    [Fact]
    public void TaskThatWasQueuedBeforeTheMove_EndsWhereItIs_AndTheOrderOfItsKeyHolds()
    {
        TaskOptions keyed = new() { Key = "k" };
        _pool.Run(3, "compute 50");
        Assert.Null(_pool.Look());
        _pool.Run(2, "compute 50");
        _ran.Clear();
        _pool.Submit("first", keyed);
        Assert.NotNull(_pool.Look());
        _pool.Submit("second", keyed);
        _pool.Submit("third", keyed);
        _pool.Turn(WorkerClass.Long);
        Assert.Empty(_ran);
        _pool.Turn(WorkerClass.Default);
        Assert.Equal(["first"], _ran);
        _pool.Turn(WorkerClass.Long);
        Assert.Equal(["first", "second", "third"], _ran);
        PoolSnapshot sum = _pool.Snapshot();
        Assert.Equal((8L, 8L, 0), (sum.Submitted, sum.Completed, sum.Running + sum.Queued));
    }

    [Fact]
    public void IdempotencyKey_BeforeAndAfterTheMove_IsOneTask()
    {
        TaskOptions once = new() { IdempotencyKey = "k" };
        _pool.Run(4, "compute 50");
        _ran.Clear();
        _pool.Submit("same", once);
        _pool.Look();
        _pool.Run(2, "compute 50");
        _pool.Look();
        Assert.Equal(WorkerClass.Long, _pool.Route.Core.Settings.Class);
        _pool.Submit("same", once);
        _pool.Turn(WorkerClass.Default);
        _pool.Turn(WorkerClass.Long);
        Assert.Single(_ran, "same");
        PoolSnapshot sum = _pool.Snapshot();
        Assert.Equal((7L, 7L, 1L), (sum.Submitted, sum.Completed, sum.Joined));
    }

    [Fact]
    public async Task RealThreads_TypeThatComputesForLong_IsFoundAndToldAndTheSumsAddUp()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(ClassDecided));
        ITaskDispatcher pool = Start(b => b.Workers(2).MeasureClasses().Set("long.workers", 1)
            .Set("measuring.runs", 2).Set("measuring.in-row", 2).Set("measuring.every", TimeSpan.FromMilliseconds(100)).Set("measuring.long-above", TimeSpan.FromMilliseconds(1))
            .Handle<Burn, string>((_, _) => new ValueTask<string>(Compute()))
            .Handle<Light, string>((_, _) => new ValueTask<string>(ThreadName()), h => h.On(WorkerClass.Default)));
        long tasks = 0;
        ClassDecided? decided = null;
        while (decided is not { To: TaskTrait.ComputesLong })
        {
            await Soon(pool.RunAsync(new Burn()));
            tasks++;
            decided = ReceiveOne(TimeSpan.Zero) as ClassDecided ?? decided;
        }

        Assert.Equal(("work", nameof(Burn), WorkerClass.Long), (decided.Pool, decided.TaskType, decided.Class));
        Assert.Equal("shared", (await Soon(pool.RunAsync(new Light()))).GetResultOrThrow());
        AwaitPool(pool, snapshot => snapshot.Submitted == tasks + 1 && snapshot.Completed == tasks + 1);
    }

    [Fact]
    public void MeasuringOutOfRangeOrWithoutEffect_FailsTheStart()
    {
        static ValueTask<string> Never(Burn task, TaskContext context) => throw new InvalidOperationException("not to be called");
        foreach ((string key, object bad) in ((string, object)[])[("runs", 0), ("in-row", 0), ("io-above", 1.5), ("cpu-below", 0), ("margin", 0.6), ("margin", 0.3), ("every", "1ms"), ("long-above", "0ms")])
        {
            SettingsException range = Assert.Throws<SettingsException>(() => Start(b => b.MeasureClasses().Set($"measuring.{key}", bad).Handle<Burn, string>(Never)));
            Assert.Contains(range.Errors, error => error.Path == $"dispatcher.pools.work.measuring.{key}" && error.Expected.StartsWith("expected", StringComparison.Ordinal));
        }

        SettingsException off = Assert.Throws<SettingsException>(() => Start(b => b.Set("measuring.runs", 5).Handle<Burn, string>(Never)));
        Assert.Equal("dispatcher.pools.work.measuring.runs", Assert.Single(off.Errors).Path);
    }

    private async ValueTask<int> HandleAsync(string task, TaskContext context)
    {
        _ran.Add(task);
        if (task.StartsWith("compute ", StringComparison.Ordinal))
            _pool.Time.Advance(TimeSpan.FromMilliseconds(int.Parse(task[8..].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
        if (!task.EndsWith("wait", StringComparison.Ordinal))
            return 1;
        _wait = new TaskCompletionSource();
        await _wait.Task.ConfigureAwait(false);
        return 1;
    }

    // What follows the wait runs inside this call, which it does where no synchronization context is in the way.
    private void EndWait()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        _wait!.SetResult();
        SynchronizationContext.SetSynchronizationContext(context);
    }

    private (int Default, int Cpu, int Io, int Long) Queues() =>
        (_pool.Queued(WorkerClass.Default), _pool.Queued(WorkerClass.Cpu), _pool.Queued(WorkerClass.Io), _pool.Queued(WorkerClass.Long));

    // Until this thread has had some processor time.
    private static string Compute()
    {
        if (LinuxThreadUse.Instance is { } threads)
        {
            TimeSpan before = threads.Now.Cpu;
            while ((threads.Now.Cpu - before).TotalMilliseconds < 3)
            {
            }
        }
        else
        {
            long end = Environment.TickCount64 + 3;
            while (Environment.TickCount64 < end)
            {
            }
        }

        return ThreadName();
    }

    private static string ThreadName() => Thread.CurrentThread.IsThreadPoolThread ? "shared" : "own";

    private sealed record Burn : ITask<string>;

    private sealed record Light : ITask<string>;
}
