using Akka.Actor;

namespace Akka.Routing;

/// <summary>Chooses the routee of each message. Called on the senders' threads, several at once, so it must be safe for that.</summary>
public abstract class RoutingLogic : INoSerializationVerificationNeeded
{
    protected RoutingLogic() { }

    public abstract Routee Select(object message, Routee[] routees);
}

/// <summary>A logic and its routees; immutable, a change makes another.</summary>
public class Router
{
    private readonly RoutingLogic _logic;
    private readonly Routee[] _routees;

    public Router(RoutingLogic logic, params Routee[] routees)
    {
        _logic = logic;
        _routees = routees ?? [];
    }

    public Router(RoutingLogic logic, IActorRef routee, params IActorRef[] routees)
    {
        _logic = logic;
        var several = routees ?? [];
        _routees = new Routee[several.Length + 1];
        _routees[0] = new ActorRefRoutee(routee);
        for (var i = 0; i < several.Length; i++) _routees[i + 1] = new ActorRefRoutee(several[i]);
    }

    public RoutingLogic RoutingLogic => _logic;
    public IEnumerable<Routee> Routees => _routees;

    /// <summary>A <see cref="Broadcast"/> goes to all, anything else to whom the logic selects.</summary>
    public virtual void Route(object message, IActorRef sender)
    {
        if (message is Broadcast) new SeveralRoutees(_routees).Send(UnWrap(message), sender);
        else Send(_logic.Select(message, _routees), message, sender);
    }

    protected virtual void Send(Routee routee, object message, IActorRef sender) => routee.Send(UnWrap(message), sender);

    protected object UnWrap(object message) => message is RouterEnvelope envelope ? envelope.Message : message;

    public virtual Router WithRoutees(params Routee[] routees) => new(_logic, routees);

    public virtual Router AddRoutee(Routee routee) => WithRoutees([.. _routees, routee]);

    public Router AddRoutee(IActorRef routee) => AddRoutee(new ActorRefRoutee(routee));

    public Router AddRoutee(ActorSelection routee) => AddRoutee(new ActorSelectionRoutee(routee));

    public virtual Router RemoveRoutee(Routee routee) => WithRoutees(Array.FindAll(_routees, known => !known.Equals(routee)));

    public Router RemoveRoutee(IActorRef routee) => RemoveRoutee(new ActorRefRoutee(routee));

    public Router RemoveRoutee(ActorSelection routee) => RemoveRoutee(new ActorSelectionRoutee(routee));
}
