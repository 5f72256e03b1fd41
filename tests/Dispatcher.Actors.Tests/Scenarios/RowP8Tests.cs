using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers.Threads;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>Row P8, core pinning: cpu workers can run on dedicated threads bound to given cores.</summary>
public sealed class RowP8Tests : PoolTest
{
    private static readonly IReadOnlyList<int> s_there = ThreadAffinity.OfProcess;

    [Fact]
    public async Task CpuWorkers_WithCores_EachThreadIsTheirOwnAndBoundToOneOfThem()
    {
        int workers = s_there.Count;
        using Barrier all = new(workers);
        ITaskDispatcher pool = Start(b => b.Workers(1).PinCpuWorkers([.. s_there])
            .Handle<Compute, string>((_, _) =>
            {
                // So that each worker has one of the tasks.
                all.SignalAndWait(TimeSpan.FromSeconds(30));
                return new ValueTask<string>($"{Thread.CurrentThread.IsThreadPoolThread} {Environment.CurrentManagedThreadId} {string.Join(",", ThreadAffinity.OfThread)}");
            }, h => h.On(WorkerClass.Cpu)));
        string[] threads = [.. (await Soon(Task.WhenAll(Enumerable.Range(0, workers).Select(i => pool.RunAsync(new Compute(i)).AsTask())))).Select(outcome => outcome.GetResultOrThrow())];

        Assert.Equal(workers, threads.Distinct().Count());
        Assert.All(threads, thread => Assert.StartsWith("False", thread, StringComparison.Ordinal));
        if (ThreadAffinity.IsSupported)
            Assert.Equal(s_there, threads.Select(thread => int.Parse(thread.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public async Task CpuWorkers_AfterAFailureOrAReplacement_AreBoundAgain()
    {
        int core = s_there[^1];
        ITaskDispatcher pool = Start(b => b.Workers(1).PinCpuWorkers(core).Set("supervision.stop-on", "InvalidOperationException")
            .Handle<Compute, string>((task, _) => task.Number switch
            {
                0 => throw new ArgumentException("the worker starts anew"),
                1 => throw new InvalidOperationException("another worker comes"),
                _ => new ValueTask<string>(string.Join(",", ThreadAffinity.OfThread)),
            }, h => h.On(WorkerClass.Cpu)));
        foreach (int number in (int[])[0, 2, 1, 2])
        {
            TaskOutcome<string> outcome = await Soon(pool.RunAsync(new Compute(number)));
            if (number == 2 && ThreadAffinity.IsSupported)
                Assert.Equal($"{core}", outcome.GetResultOrThrow());
        }
    }

    [Fact]
    public async Task ThreadsStartedByABoundWorker_AreNotBound()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).PinCpuWorkers(s_there[0]).Handle<Compute, string>((_, _) =>
        {
            string cores = "";
            Thread thread = new(() => cores = string.Join(",", ThreadAffinity.OfThread));
            thread.Start();
            thread.Join();
            return new ValueTask<string>(cores);
        }, h => h.On(WorkerClass.Cpu)));
        Assert.Equal(ThreadAffinity.IsSupported ? string.Join(",", s_there) : "", (await Soon(pool.RunAsync(new Compute(0)))).GetResultOrThrow());
    }

    [Theory]
    [InlineData("100000", "100000")]
    [InlineData("-1", "-1")]
    [InlineData("first", "first")]
    [InlineData("2147483648", "2147483648")]
    public void CoresThatAreNotThere_FailTheStartWithPathValueAndRange(string cores, string value)
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => Start(b => b.Set("cpu.cores", cores).Handle<Compute, string>(Never, h => h.On(WorkerClass.Cpu))));
        SettingsError error = Assert.Single(refused.Errors);
        Assert.Equal(("dispatcher.pools.work.cpu.cores", value), (error.Path, error.Value));
        Assert.EndsWith(string.Join(", ", s_there), error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void CoresThatHaveNoEffectOrHarm_FailTheStart()
    {
        string core = $"{s_there[0]}";
        Assert.Contains("cpu.cores", Assert.Throws<SettingsException>(() => Start(b => b.Set("cpu.cores", core).Handle<Compute, string>(Never))).Message, StringComparison.Ordinal);
        Assert.Contains("cpu.cores", Assert.Throws<SettingsException>(
            () => Start(b => b.Set("cpu.cores", $"{core},{core}").Handle<Compute, string>(Never, h => h.On(WorkerClass.Cpu)))).Message, StringComparison.Ordinal);
        // Threads of the thread pool are nobody's own.
        SettingsException shared = Assert.Throws<SettingsException>(() => Start(b => b.Set("cpu.cores", core).Set("cpu.dispatcher", "akka.actor.default-dispatcher")
            .Handle<Compute, string>(Never, h => h.On(WorkerClass.Cpu))));
        Assert.Equal("dispatcher.pools.work.cpu.dispatcher", Assert.Single(shared.Errors).Path);
    }

    [Fact]
    public void ThreadThatCannotBeBound_IsWarnedOfOnce()
    {
        LogLines log = new();
        PoolCore core = new(TestCells.Settings with { Cores = [1 << 20] }, TimeProvider.System, null, log);
        for (int worker = 0; worker < 3; worker++)
            core.PrepareThread(worker);
        Assert.Single(log.Lines, line => line.Contains("1048576", StringComparison.Ordinal));
    }

    private static ValueTask<string> Never(Compute task, TaskContext context) => throw new InvalidOperationException("not to be called");

    private sealed record Compute(int Number) : ITask<string>;
}
