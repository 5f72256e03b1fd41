using Akka.Actor;
using Akka.Routing;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>Ask through a round robin pool of actors that send back what they got.</summary>
internal sealed class AskContestant : IContestant, IAnswer
{
    private readonly ActorSystem _system = Engines.Start();
    private readonly IActorRef _target;
    private readonly int _callers;
    private readonly TimeSpan? _timeout;

    private AskContestant(int actors, int callers, TimeSpan? timeout)
    {
        _callers = callers;
        _timeout = timeout;
        var props = Props.Create(() => new EchoActor());
        _target = _system.ActorOf(actors > 1 ? props.WithRouter(new RoundRobinPool(actors)) : props, "target");
    }

    public static Peer Peer(int actors, int callers) => new("Akka", () => new AskContestant(actors, callers, timeout: null));

    public static Peer PeerWithTimeout(int actors, int callers) => new("Akka, with a time-out", () => new AskContestant(actors, callers, TimeSpan.FromSeconds(30)));

    public ValueTask<object> AskAsync(object question) => new(_target.Ask<object>(question, _timeout));

    public Task RunAsync(Round round) => Callers.AskAsync(this, _callers, round);

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private sealed class EchoActor : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message, Self);
    }
}
