using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>The time from Main to the first message that an actor handled, in a process of its own.</summary>
internal sealed class StartUp(string child) : IContestant
{
    private const string Bare = "bare";
    private const string System = "system";

    public static Peer BarePeer() => new("bare process", () => new StartUp(Bare));

    public static Peer SystemPeer() => new("Akka", () => new StartUp(System));

    public async Task RunAsync(Round round)
    {
        var began = Stopwatch.GetTimestamp();
        round.Set(Metric.Millis, await ChildProcess.RunAsync(child));
        round.Set(Whole, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    public static readonly Metric Whole = new("ms, process start to end", "0");

    /// <summary>What the child does: prints the milliseconds from here to its first message.</summary>
    public static int RunChild(string child)
    {
        var began = Stopwatch.GetTimestamp();
        using var handled = new ManualResetEventSlim();
        switch (child)
        {
            case Bare:
                ThreadPool.UnsafeQueueUserWorkItem(static handled => handled.Set(), handled, preferLocal: false);
                break;
            case System:
                StartSystem(handled);
                break;
            default:
                Console.Error.WriteLine($"benchmarks: unknown child '{child}'");
                return 2;
        }
        handled.Wait();
        Console.WriteLine(Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static void StartSystem(ManualResetEventSlim handled)
    {
        var system = ActorSystem.Create("bench");
        system.ActorOf(Props.Create<FirstMessageActor>(), "first").Tell(handled, ActorRefs.NoSender);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class FirstMessageActor : UntypedActor
    {
        protected override void OnReceive(object message) => ((ManualResetEventSlim)message).Set();
    }
}
