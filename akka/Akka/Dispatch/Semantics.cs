using Akka.Actor;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>Marks what a queue can do, so that actors can ask for it.</summary>
public interface ISemantics;

/// <summary>Several threads may take.</summary>
public interface IMultipleConsumerSemantics : ISemantics;

/// <summary>Without limit.</summary>
public interface IUnboundedMessageQueueSemantics : ISemantics;

/// <summary>With a limit.</summary>
public interface IBoundedMessageQueueSemantics : ISemantics
{
    TimeSpan PushTimeOut { get; }
}

/// <summary>May block.</summary>
public interface IBlockingMessageQueueSemantics : IMultipleConsumerSemantics
{
    TimeSpan BlockTimeOut { get; set; }
}

/// <summary>Messages can be put in front.</summary>
public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    void EnqueueFirst(Envelope envelope);
}

/// <summary>In front, without limit.</summary>
public interface IUnboundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics;

/// <summary>In front, with a limit.</summary>
public interface IBoundedDequeBasedMessageQueueSemantics : IDequeBasedMessageQueueSemantics, IBoundedMessageQueueSemantics;

/// <summary>An actor that needs a queue of this kind.</summary>
public interface IRequiresMessageQueue<T> where T : ISemantics;

/// <summary>A mailbox type that makes queues of this kind.</summary>
public interface IProducesMessageQueue<TQueue> where TQueue : IMessageQueue;
