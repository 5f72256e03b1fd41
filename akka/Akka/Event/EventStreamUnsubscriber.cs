using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Event;

/// <summary>Watches the subscribers of one event stream and unsubscribes those that stop. No actor: it needs no turn and no mailbox for that.</summary>
internal sealed class EventStreamUnsubscriber(EventStream eventStream, ActorSystemImpl system) : MinimalActorRef
{
    private static int _instances;

    // Two streams of one system may share subscribers: a watched actor tells its watchers apart by path.
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/EventStreamUnsubscriber-" + Interlocked.Increment(ref _instances));
    public override IActorRefProvider Provider => system.Provider;

    internal void Watch(IActorRef subscriber)
    {
        // Never unwatched: a watch costs the subscriber one reference, and unsubscribing somebody twice does nothing.
        if (subscriber is IInternalActorRef { IsLocal: true } local) local.SendSystemMessage(new Watch(local, this));
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is DeathWatchNotification stopped) eventStream.Unsubscribe(stopped.Actor);
    }
}
