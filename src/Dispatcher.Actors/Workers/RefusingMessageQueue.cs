using Akka.Actor;
using Akka.Dispatch.MessageQueues;
using Akka.Event;
using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Workers;

/// <summary>
/// A bounded message queue that refuses at once. Requests for a turn take no room and are never refused: any number of them is one. Its ring is made
/// when the first other message comes, so an idle worker has none.
/// </summary>
public sealed class RefusingMessageQueue : IMessageQueue
{
    private readonly Limits _limits;
    private MpmcRing<Letter>? _ring;
    private int _turnWanted;
    private int _count;

    internal RefusingMessageQueue(Limits limits) => _limits = limits;

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref _turnWanted) != 0 || Volatile.Read(ref _count) > 0;

    /// <inheritdoc/>
    public int Count => Math.Max(0, Volatile.Read(ref _count)) + Volatile.Read(ref _turnWanted);

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (envelope.Message is WorkerTurn)
        {
            // A full fence: the mailbox looks next whether a thread has it already.
            Interlocked.Exchange(ref _turnWanted, 1);
            return;
        }

        if (Interlocked.Increment(ref _count) > _limits.Capacity)
        {
            Interlocked.Decrement(ref _count);
            Refuse(receiver, envelope);
            return;
        }

        Ring.Enqueue(new Letter(envelope));
        Interlocked.MemoryBarrier();
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (Volatile.Read(ref _count) > 0 && Volatile.Read(ref _ring) is { } ring && ring.TryDequeue(out Letter? letter))
        {
            Interlocked.Decrement(ref _count);
            envelope = letter.Envelope;
            return true;
        }

        if (Volatile.Read(ref _turnWanted) != 0)
        {
            // No fence: the turn begins with one, and looks for what was meant after it.
            Volatile.Write(ref _turnWanted, 0);
            envelope = new Envelope(WorkerTurn.Instance, ActorRefs.NoSender);
            return true;
        }

        envelope = default;
        return false;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out Envelope envelope))
        {
            // A wish for a turn is nothing to anyone else: the worker's last act passes on what it stood for.
            if (envelope.Message is not WorkerTurn)
                deadletters?.Enqueue(owner, envelope);
        }
    }

    private MpmcRing<Letter> Ring
    {
        get
        {
            MpmcRing<Letter>? ring = Volatile.Read(ref _ring);
            if (ring != null)
                return ring;
            MpmcRing<Letter> made = new(_limits.Capacity);
            return Interlocked.CompareExchange(ref _ring, made, null) ?? made;
        }
    }

    private void Refuse(IActorRef receiver, Envelope envelope)
    {
        MailboxCounters.CountRefused();
        // A dead letter has a sender, also where the message had none.
        if (_limits.System?.DeadLetters is { } deadLetters)
            deadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, receiver), envelope.Sender);
    }

    /// <summary>What all queues of a system have in common.</summary>
    /// <param name="Capacity">How many messages wait at most.</param>
    /// <param name="System">Where refused ones become dead letters; null for nowhere.</param>
    internal sealed record Limits(int Capacity, ActorSystem? System);

    private sealed record Letter(Envelope Envelope);
}
