using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Akka.Event;

/// <summary>What a logger asks of its mailbox: that no event is lost when it stops.</summary>
public interface ILoggerMessageQueueSemantics : ISemantics;

/// <summary>The mailbox type of loggers (akka.actor.mailbox.logger-queue).</summary>
internal sealed class LoggerMailboxType(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<LoggerMessageQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new LoggerMessageQueue(system);
}

/// <summary>An unbounded queue that prints the events a stopping logger leaves behind instead of making dead letters of them.</summary>
internal sealed class LoggerMessageQueue(ActorSystem system) : IMessageQueue, ILoggerMessageQueueSemantics, IUnboundedMessageQueueSemantics
{
    private readonly UnboundedMessageQueue _queue = new();

    public bool HasMessages => _queue.HasMessages;
    public int Count => _queue.Count;
    public void Enqueue(IActorRef receiver, Envelope envelope) => _queue.Enqueue(receiver, envelope);
    public bool TryDequeue(out Envelope envelope) => _queue.TryDequeue(out envelope);

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (_queue.TryDequeue(out var envelope))
        {
            if (envelope.Message is LogEvent) system.Settings.StdoutLogger.Tell(envelope.Message, envelope.Sender);
            else deadletters.Enqueue(owner, envelope);
        }
    }
}
