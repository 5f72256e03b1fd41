using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// A queue of limited length. A full one blocks the sender for up to <see cref="PushTimeOut"/> (0: not at all, negative: for ever); then the
/// message becomes a dead letter.
/// </summary>
public class BoundedMessageQueue : IMessageQueue, IBoundedMessageQueueSemantics
{
    private readonly BlockingCollection<Envelope> _queue;

    public BoundedMessageQueue(Config config) : this(config.GetInt("mailbox-capacity", 0), config.GetTimeSpan("mailbox-push-timeout-time")) { }

    /// <exception cref="ArgumentException">A capacity below 1.</exception>
    public BoundedMessageQueue(int boundedCapacity, TimeSpan pushTimeOut)
    {
        PushTimeOut = pushTimeOut;
        _queue = boundedCapacity > 0
            ? new BlockingCollection<Envelope>(boundedCapacity)
            : throw new ArgumentException($"The capacity for {nameof(BoundedMessageQueue)} must be 1 or more, but was {boundedCapacity}.", nameof(boundedCapacity));
    }

    public TimeSpan PushTimeOut { get; set; }
    public bool HasMessages => _queue.Count > 0;
    public int Count => _queue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (_queue.TryAdd(envelope, BoundedPush.Milliseconds(PushTimeOut))) return;
        BoundedPush.Refuse(receiver, envelope);
    }

    public bool TryDequeue(out Envelope envelope) => _queue.TryTake(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters) => this.MoveTo(owner, deadletters);
}

internal static class BoundedPush
{
    internal static int Milliseconds(TimeSpan pushTimeOut) => pushTimeOut < TimeSpan.Zero ? Timeout.Infinite : (int)Math.Min(pushTimeOut.TotalMilliseconds, int.MaxValue);

    internal static void Refuse(IActorRef receiver, Envelope envelope) =>
        ((IInternalActorRef)receiver).Provider.DeadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? ((IInternalActorRef)receiver).Provider.DeadLetters, receiver), envelope.Sender);
}
