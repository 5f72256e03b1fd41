using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>Another queue with a stack in front of it, for messages that come back first (stash).</summary>
public class DequeWrapperMessageQueue : IMessageQueue, IDequeBasedMessageQueueSemantics
{
    protected readonly IMessageQueue MessageQueue;
    private readonly Stack<Envelope> _first = new(); // touched on the owner's turn only

    public DequeWrapperMessageQueue(IMessageQueue messageQueue) => MessageQueue = messageQueue;

    public bool HasMessages => Count > 0;
    public int Count => MessageQueue.Count + _first.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope) => MessageQueue.Enqueue(receiver, envelope);

    public void EnqueueFirst(Envelope envelope) => _first.Push(envelope);

    public bool TryDequeue(out Envelope envelope) => _first.TryPop(out envelope) || MessageQueue.TryDequeue(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (_first.TryPop(out var envelope)) deadletters.Enqueue(owner, envelope);
        MessageQueue.CleanUp(owner, deadletters);
    }
}

/// <summary>Without limit.</summary>
public class UnboundedDequeMessageQueue : DequeWrapperMessageQueue, IUnboundedDequeBasedMessageQueueSemantics
{
    public UnboundedDequeMessageQueue() : base(new UnboundedMessageQueue()) { }
}

/// <summary>With a limit, which the messages that come back first are not counted against.</summary>
public class BoundedDequeMessageQueue : DequeWrapperMessageQueue, IBoundedDequeBasedMessageQueueSemantics
{
    public BoundedDequeMessageQueue(int boundedCapacity, TimeSpan pushTimeOut) : base(new BoundedMessageQueue(boundedCapacity, pushTimeOut)) => PushTimeOut = pushTimeOut;

    public TimeSpan PushTimeOut { get; }
}
