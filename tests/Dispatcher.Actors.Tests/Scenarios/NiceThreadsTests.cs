using System.Globalization;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Tests.Support;
using Dispatcher.Actors.Workers.Threads;

namespace Dispatcher.Actors.Tests.Scenarios;

/// <summary>Row P7, worker classes: the threads of what computes for long can give way to all others.</summary>
public sealed class NiceThreadsTests : PoolTest
{
    private const string OtherPlatform = "elsewhere";

    [Fact]
    public async Task LongWorkers_MadeNicer_AreThatAndNobodyElse()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Set("long.nice", 7)
            .Handle<Compute, string>((_, _) => new ValueTask<string>(NiceOf("thread-self")), h => h.On(WorkerClass.Long))
            .Handle<Other, string>((_, _) => new ValueTask<string>(NiceOf("thread-self")), h => h.On(WorkerClass.Cpu)));
        string before = NiceOf("self");
        Assert.Equal(Nicer(7), (await Soon(pool.RunAsync(new Compute(0)))).GetResultOrThrow());
        Assert.Equal(Nicer(0), (await Soon(pool.RunAsync(new Other()))).GetResultOrThrow());
        Assert.Equal(before, NiceOf("self"));
    }

    [Fact]
    public async Task LongWorkers_AsTheyCome_AreAsNiceAsTheProcess()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Handle<Compute, string>((_, _) => new ValueTask<string>(NiceOf("thread-self")), h => h.On(WorkerClass.Long)));
        Assert.Equal(Nicer(0), (await Soon(pool.RunAsync(new Compute(0)))).GetResultOrThrow());
    }

    [Fact]
    public async Task LongWorkers_AfterAFailureOrAReplacement_AreAsNiceAsBefore()
    {
        ITaskDispatcher pool = Start(b => b.Workers(1).Set("long.workers", 1).Set("long.nice", 3).Set("supervision.stop-on", "InvalidOperationException")
            .Handle<Compute, string>((task, _) => task.Number switch
            {
                0 => throw new ArgumentException("the worker starts anew"),
                1 => throw new InvalidOperationException("another worker comes"),
                _ => new ValueTask<string>(NiceOf("thread-self")),
            }, h => h.On(WorkerClass.Long)));
        foreach (int number in (int[])[0, 2, 1, 2])
        {
            TaskOutcome<string> outcome = await Soon(pool.RunAsync(new Compute(number)));
            if (number == 2)
                Assert.Equal(Nicer(3), outcome.GetResultOrThrow());
        }
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("20")]
    [InlineData("low")]
    public void NiceOutOfRange_FailsTheStartWithPathValueAndRange(string nice)
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => Start(b => b.Set("long.nice", nice).Handle<Compute, string>(Never, h => h.On(WorkerClass.Long))));
        SettingsError error = Assert.Single(refused.Errors);
        Assert.Equal(("dispatcher.pools.work.long.nice", nice), (error.Path, error.Value));
        Assert.Contains("0 to 19", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void NiceWithoutLongWorkers_FailsTheStart()
    {
        SettingsException refused = Assert.Throws<SettingsException>(() => Start(b => b.Set("long.nice", 5).Handle<Compute, string>(Never)));
        Assert.Equal("dispatcher.pools.work.long.nice", Assert.Single(refused.Errors).Path);
    }

    [Fact]
    public void ThreadThatCannotBeMadeNicer_IsWarnedOfOnce()
    {
        LogLines log = new();
        PoolCore core = new(TestCells.Settings with { Nice = ThreadNice.Max + 1 }, TimeProvider.System, null, log);
        for (int worker = 0; worker < 3; worker++)
            core.PrepareThread(worker);
        Assert.Single(log.Lines, line => line.Contains("nicer by 20", StringComparison.Ordinal));
    }

    // The kernel's own word, not what was asked for: the 19th field, the 17th after the name.
    private static string NiceOf(string thread)
    {
        if (!ThreadNice.IsSupported)
            return OtherPlatform;
        string stat = File.ReadAllText($"/proc/{thread}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
    }

    private static string Nicer(int by) =>
        ThreadNice.IsSupported ? Math.Min(ThreadNice.Max, int.Parse(NiceOf("self"), CultureInfo.InvariantCulture) + by).ToString(CultureInfo.InvariantCulture) : OtherPlatform;

    private static ValueTask<string> Never(Compute task, TaskContext context) => throw new InvalidOperationException("not to be called");

    private sealed record Compute(int Number) : ITask<string>;

    private sealed record Other : ITask<string>;
}
