using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Event;

/// <summary>The actor system's bus: a subscription to a class or an interface gets every event of it and of its subtypes.</summary>
public class EventStream : LoggingBus
{
    private readonly bool _debug;
    private EventStreamUnsubscriber? _unsubscriber;

    public EventStream(bool debug) => _debug = debug;

    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        if (_debug) Trace($"subscribing {subscriber} to channel {channel}");
        var added = base.Subscribe(subscriber, channel);
        // Watch after the subscription is in: a dead subscriber answers the watch at once, and that answer must find what to remove.
        if (added) Volatile.Read(ref _unsubscriber)?.Watch(subscriber);
        return added;
    }

    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        if (_debug) Trace($"unsubscribing {subscriber} from channel {channel}");
        return base.Unsubscribe(subscriber, channel);
    }

    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        if (_debug) Trace($"unsubscribing {subscriber} from all channels");
        return base.Unsubscribe(subscriber);
    }

    /// <summary>From now on a subscriber that stops is unsubscribed by itself, also one that subscribed before.</summary>
    public void StartUnsubscriber(ActorSystemImpl system)
    {
        var unsubscriber = new EventStreamUnsubscriber(this, system);
        if (Interlocked.CompareExchange(ref _unsubscriber, unsubscriber, null) is not null) return;
        // Whoever subscribes from here on sees the unsubscriber; whoever did before is in this set. Both may happen: watching twice is harmless.
        foreach (var subscriber in Subscribers()) unsubscriber.Watch(subscriber);
    }

    private void Trace(string message) => Publish(new Debug(SimpleName(this), GetType(), message));
}
