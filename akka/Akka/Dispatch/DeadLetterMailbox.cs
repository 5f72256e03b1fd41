using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The mailbox of the dead: what is put there becomes a dead letter, a watch is answered at once.</summary>
public sealed class DeadLetterMailbox : Mailbox
{
    private readonly IActorRef _deadLetters;

    public DeadLetterMailbox(IActorRef deadLetters) : base(new DeadLetterQueue(deadLetters))
    {
        _deadLetters = deadLetters;
        BecomeClosed();
    }

    internal override bool HasSystemMessages => false;

    internal override void SystemEnqueue(IActorRef receiver, SystemMessage message) => _deadLetters.Tell(new DeadLetter(message, receiver, receiver), receiver);

    public override void CleanUp()
    {
        // nothing is ever kept here
    }

    private sealed class DeadLetterQueue(IActorRef deadLetters) : IMessageQueue
    {
        public bool HasMessages => false;
        public int Count => 0;

        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            if (envelope.Message is DeadLetter) return; // a dead letter to the dead ends here, else it would never end
            deadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, receiver), envelope.Sender);
        }

        public bool TryDequeue(out Envelope envelope)
        {
            envelope = default;
            return false;
        }

        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            // nothing is ever kept here
        }
    }
}
