using Akka.Actor;

namespace Akka.Routing;

/// <summary>Something that a router sends to.</summary>
public class Routee
{
    /// <summary>Nobody to send to.</summary>
    public static readonly Routee NoRoutee = new NoRoutee();

    public Routee() { }

    public virtual void Send(object message, IActorRef sender) { }

    public virtual Task<object> Ask(object message, TimeSpan? timeout) => Task.FromException<object>(new NotSupportedException($"{GetType()} cannot be asked."));

    public static Routee FromActorRef(IActorRef actorRef) => new ActorRefRoutee(actorRef);
}

/// <summary>What a logic selects from no routees: the message becomes a dead letter.</summary>
internal sealed class NoRoutee : Routee
{
    public override void Send(object message, IActorRef sender) => (sender as IInternalActorRef)?.Provider.DeadLetters.Tell(message, sender);
}

/// <summary>An actor.</summary>
public class ActorRefRoutee : Routee
{
    private readonly IActorRef _actor;

    public ActorRefRoutee(IActorRef actor) => _actor = actor;

    public IActorRef Actor => _actor;

    public override void Send(object message, IActorRef sender) => _actor.Tell(message, sender);

    public override Task<object> Ask(object message, TimeSpan? timeout) => _actor.Ask(message, timeout);

    protected bool Equals(ActorRefRoutee other) => _actor.Equals(other._actor);
    public override bool Equals(object? obj) => obj is ActorRefRoutee other && Equals(other);
    public override int GetHashCode() => _actor.GetHashCode();
}

/// <summary>Whoever lives under a path.</summary>
public class ActorSelectionRoutee : Routee
{
    private readonly ActorSelection _actor;

    public ActorSelectionRoutee(ActorSelection actor) => _actor = actor;

    public ActorSelection Selection => _actor;

    public override void Send(object message, IActorRef sender) => _actor.Tell(message, sender);

    public override Task<object> Ask(object message, TimeSpan? timeout) => _actor.Ask(message, timeout);

    protected bool Equals(ActorSelectionRoutee other) => _actor.Equals(other._actor);
    public override bool Equals(object? obj) => obj is ActorSelectionRoutee other && Equals(other);
    public override int GetHashCode() => _actor.GetHashCode();
}

/// <summary>Several at once.</summary>
public class SeveralRoutees : Routee
{
    private readonly Routee[] _routees;

    public SeveralRoutees(Routee[] routees) => _routees = routees;

    public override void Send(object message, IActorRef sender)
    {
        foreach (var routee in _routees) routee.Send(message, sender);
    }
}
