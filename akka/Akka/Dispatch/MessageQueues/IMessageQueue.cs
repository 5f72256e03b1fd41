using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>The user messages of one mailbox. Many threads put, one at a time takes.</summary>
public interface IMessageQueue
{
    bool HasMessages { get; }
    int Count { get; }
    void Enqueue(IActorRef receiver, Envelope envelope);
    bool TryDequeue(out Envelope envelope);

    /// <summary>Moves what is left to <paramref name="deadletters"/>; the owner is stopped.</summary>
    void CleanUp(IActorRef owner, IMessageQueue deadletters);
}

internal static class MessageQueueExtensions
{
    internal static void MoveTo(this IMessageQueue queue, IActorRef owner, IMessageQueue deadLetters)
    {
        while (queue.TryDequeue(out var envelope)) deadLetters.Enqueue(owner, envelope);
    }
}
