using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Dispatcher.Actors.Hosting;
using Dispatcher.Benchmarks.Engine;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>The time from Main to the first task done, in a process of its own.</summary>
internal sealed class FirstTask(string child) : IContestant
{
    private const string Alone = "first-task", Hosted = "first-task-hosted";
    private const string InHost = "pool, in a host";

    public static Workload Workload() =>
        new("w5-first-task", "A fresh process, from Main to the first task done")
        {
            Peers = [StartUp.BarePeer(), StartUp.SystemPeer(), new(DispatchSuite.Pool, () => new FirstTask(Alone)), new(InHost, () => new FirstTask(Hosted))],
            Columns = [Metric.Millis],
            Operations = 1,
            WarmUps = 1,
            Bars = [Bar.Value(DispatchSuite.Pool, Metric.Millis, 60)],
            Note = "Plain IL as dotnet build makes it. The host is the generic one, with AddAkka and nothing else.",
        };

    public async Task RunAsync(Round round) => round.Set(Metric.Millis, await ChildProcess.RunAsync(child));

    /// <summary>Whether a child of this name is meant; see <see cref="RunChildAsync"/>.</summary>
    public static bool Has(string child) => child is Alone or Hosted;

    public static async Task<int> RunChildAsync(string child)
    {
        var began = Stopwatch.GetTimestamp();
        var dispatcher = child == Hosted
            ? new TestPool(4, 1024, static pool => pool.Handle<NopTask, int>(NopTask.HandleAsync)).Dispatcher
            : ActorSystem.Create("bench").StartTaskDispatcher("bench", static pool => pool.Workers(4).Handle<NopTask, int>(NopTask.HandleAsync));
        var outcome = await dispatcher.RunAsync(NopTask.Instance);
        Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return outcome.IsCompleted ? 0 : 1;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
