using Akka.Actor;

namespace Akka.Routing;

/// <summary>The actor of a router: changes its routees, answers for them, and notices when they die.</summary>
internal class RouterActor : UntypedActor
{
    public RouterActor() => Routed = (Context as RoutedActorCell)
        ?? throw new ActorInitializationException($"Router actor can only be used in RoutedActorRef, not in {Context.GetType()}");

    internal RoutedActorCell Routed { get; }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case GetRoutees:
                Sender.Tell(new Routees([.. Routed.Router.Routees]));
                break;
            case AddRoutee add:
                Routed.AddRoutees(add.Routee);
                break;
            case RemoveRoutee remove:
                Routed.RemoveRoutees([remove.Routee], stopChildren: true);
                Routed.StopIfNoRoutees();
                break;
            case Terminated terminated:
                Routed.RemoveRoutees([new ActorRefRoutee(terminated.ActorRef)], stopChildren: false);
                Routed.StopIfNoRoutees();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A router keeps its routees when it restarts.</summary>
    protected override void PreRestart(Exception reason, object message)
    {
        // children stay
    }
}

/// <summary>The actor of a pool.</summary>
internal class RouterPoolActor(SupervisorStrategy strategy) : RouterActor
{
    protected Pool Pool => (Pool)Routed.RouterConfig;

    protected override SupervisorStrategy SupervisorStrategy() => strategy;

    protected override void OnReceive(object message)
    {
        if (message is AdjustPoolSize adjust) Routed.AdjustBy(Pool, adjust.Change);
        else base.OnReceive(message);
    }
}

/// <summary>The actor of a pool with a resizer.</summary>
internal sealed class ResizablePoolActor(SupervisorStrategy strategy) : RouterPoolActor(strategy)
{
    protected override void OnReceive(object message)
    {
        if (message is Resize) ((ResizablePoolCell)Routed).ResizeNow();
        else base.OnReceive(message);
    }
}
