using System.Diagnostics;
using System.Globalization;
using Dispatcher.Benchmarks.Engine;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>The time from Main to the first task done, in a process of its own.</summary>
internal sealed class FirstTask : IContestant
{
    public const string Child = "first-task";

    public static Workload Workload() =>
        new("first-task", "A fresh process, from Main to the first task done")
        {
            Peers = [StartUp.BarePeer(), StartUp.SystemPeer(), new(DispatchSuite.Pool, () => new FirstTask())],
            Columns = [Metric.Millis],
            Operations = 1,
            WarmUps = 1,
            Bars = [Bar.Value(DispatchSuite.Pool, Metric.Millis, 60)],
        };

    public async Task RunAsync(Round round) => round.Set(Metric.Millis, await ChildProcess.RunAsync(Child));

    public static async Task<int> RunChildAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await using var pool = new TestPool(4, 1024, static pool => pool.Handle<NopTask, int>(NopTask.HandleAsync));
        var outcome = await pool.Dispatcher.RunAsync(NopTask.Instance);
        Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return outcome.IsCompleted ? 0 : 1;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
