using Akka.Actor;
using Akka.Routing;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Engine;

/// <summary>Tell to no-op actors, behind a round robin pool or to one of them. The mailboxes have no bound, so producers may run ahead.</summary>
internal sealed class TellContestant : IContestant, ISink
{
    private readonly ActorSystem _system = Engines.Start();
    private readonly Tally _tally = new();
    private readonly IActorRef _target;
    private readonly int _actors;
    private readonly int _producers;

    private TellContestant(int actors, int producers, bool pool)
    {
        _actors = actors;
        _producers = producers;
        var props = CountingActor.Props(_tally);
        _target = _system.ActorOf(pool ? props.WithRouter(new RoundRobinPool(actors)) : props, "target");
    }

    public static Peer Pool(int actors, int producers) => new("Akka", () => new TellContestant(actors, producers, pool: true));

    public static Peer One(int producers) => new("Akka", () => new TellContestant(1, producers, pool: false));

    public ValueTask PostAsync(object message)
    {
        _target.Tell(message, ActorRefs.NoSender);
        return ValueTask.CompletedTask;
    }

    public async Task RunAsync(Round round)
    {
        // A round robin gives every actor the same number; an uneven share would never reach its quota.
        if (round.Operations % _actors != 0) throw new InvalidOperationException($"{round.Operations} operations do not divide among {_actors} actors.");
        var done = _tally.Expect(_actors, round.Operations / _actors);
        await Producers.PostAsync(this, _producers, round.Operations);
        await done;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();
}
