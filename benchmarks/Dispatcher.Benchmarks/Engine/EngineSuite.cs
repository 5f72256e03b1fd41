using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>The workloads of the actor engine, in the order of the report. The bars are those of the engine alone.</summary>
internal static class EngineSuite
{
    private const string Channel = "channel";
    private const string Akka = "Akka";
    private const int Actors = 8;
    private const int TellOperations = 64 * 100_000;

    public static IEnumerable<Workload> Workloads() =>
    [
        TellPool(Actors, producers: 1),
        TellPool(Actors, producers: 2),
        TellPool(2, producers: 1),
        TellPool(64, producers: 1),
        TellPoolWindowed(),
        TellOne(),
        TellOneWindowed(),
        PingPong(),
        Ask(callers: 1),
        Ask(callers: 64),
        Idle(),
        Start(),
    ];

    private static Workload TellPool(int actors, int producers) =>
        new($"tell-pool-{actors}-{producers}p", $"Tell through RoundRobinPool({actors}), no-op actors, {Count(producers)}")
        {
            Peers = [ChannelSink.Peer(actors, producers), TellContestant.Pool(actors, producers)],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = TellOperations,
            OperationsStep = 64,
            Reference = Channel,
            Bars = [Bar.Ratio(Akka, Metric.Rate, Channel, 1.0)],
            Note = $"The channel is bounded ({ChannelSink.Capacity}) and has {actors} loops; the mailboxes are not, so the producer may run ahead, which is what the bytes are.",
        };

    private static Workload TellPoolWindowed() =>
        new($"tell-pool-{Actors}-window", $"The same with at most {ChannelSink.Capacity} messages in flight, {Count(1)}")
        {
            Peers = [ChannelSink.Peer(Actors, 1), WindowedTellContestant.Pool(Actors)],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = TellOperations,
            OperationsStep = 64,
            Reference = Channel,
            Bars = [Bar.Ratio(Akka, Metric.Rate, Channel, 1.0), Bar.Value(Akka, Metric.Allocated, 0.05)],
        };

    private static Workload TellOne() =>
        new("tell-one-1p", $"Tell to one no-op actor, {Count(1)}")
        {
            Peers = [ChannelSink.Peer(1, 1), TellContestant.One(1)],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = TellOperations,
            Reference = Channel,
        };

    private static Workload TellOneWindowed() =>
        new("tell-one-window", $"The same with at most {ChannelSink.Capacity} messages in flight")
        {
            Peers = [ChannelSink.Peer(1, 1), WindowedTellContestant.One()],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = TellOperations,
            Reference = Channel,
            Bars = [Bar.Value(Akka, Metric.Allocated, 0.05)],
        };

    private static Workload PingPong() =>
        new("ping-pong", "One message back and forth between two actors; an operation is one way")
        {
            Peers = [ChannelPingPong.Peer(), PingPongContestant.Peer()],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = 2_000_000,
            Reference = Channel,
        };

    private static Workload Ask(int callers) =>
        new($"ask-{callers}", $"Ask through RoundRobinPool({Actors}), {callers} in flight")
        {
            Peers = [ChannelService.Peer(Actors, callers), AskContestant.Peer(Actors, callers), AskContestant.PeerWithTimeout(Actors, callers)],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated, Metric.P50, Metric.P99, Metric.P999],
            Operations = 1_000_000,
            Reference = Channel,
            Bars = callers == 1
                ? [Bar.Value(Akka, Metric.Allocated, 600)]
                : [Bar.Value(Akka, Metric.Allocated, 600), Bar.Ratio(Akka, Metric.Rate, Channel, 0.5)],
            Note = $"The channel is bounded ({ChannelSink.Capacity}), has {Actors} loops and pooled replies; continuations run on the thread pool, as those of Ask do.",
        };

    private static Workload Idle() =>
        new("idle-actor", "Ten thousand actors that were started and do nothing")
        {
            Peers = [IdleActors<IdleUntypedActor>.Peer("UntypedActor"), IdleActors<IdleReceiveActor>.Peer("ReceiveActor")],
            Columns = [IdleCounter.Held, IdleCounter.CreateMicros, Metric.Allocated],
            Operations = 10_000,
            WarmUps = 2,
            Bars = [Bar.Value("UntypedActor", IdleCounter.Held, 700), Bar.Value("ReceiveActor", IdleCounter.Held, 700)],
            Note = "Time and bytes are for one actor, from the first ActorOf until the last has started; the ReceiveActor has one handler.",
        };

    private static Workload Start() =>
        new("system-start", "A fresh process, from Main to the first message handled")
        {
            Peers = [StartUp.BarePeer(), StartUp.SystemPeer()],
            Columns = [Metric.Millis, StartUp.Whole],
            Operations = 1,
            WarmUps = 1,
            Bars = [Bar.Value(Akka, Metric.Millis, 60)],
            Note = "The bare process runs one item on the thread pool instead. Plain IL as dotnet build makes it.",
        };

    private static string Count(int producers) => producers == 1 ? "one producer" : $"{producers} producers";
}
