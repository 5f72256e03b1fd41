using Akka.Dispatch;
using Akka.Util;

namespace Akka.Actor.Internal;

/// <summary>A stash over the deque mailbox of its actor.</summary>
public abstract class AbstractStash : IStash
{
    private readonly ActorCell _cell;
    private readonly IDequeBasedMessageQueueSemantics _mailbox;
    private readonly int _capacity;
    private LinkedList<Envelope> _stash = new();
    private int _lastStashed = -1;

    /// <exception cref="ActorInitializationException">The actor's mailbox is no deque.</exception>
    protected AbstractStash(IActorContext context)
    {
        _cell = (ActorCell)context;
        var queue = _cell.Mailbox.MessageQueue;
        _mailbox = queue as IDequeBasedMessageQueueSemantics ?? throw new ActorInitializationException(
            _cell.Self, $"The stash of [{_cell.Self.Path}] needs a mailbox that is a deque, such as Akka.Dispatch.UnboundedDequeBasedMailbox; it has [{queue.GetType()}].");
        var deployed = _cell.Props.Deploy.StashCapacity;
        _capacity = deployed != Deploy.NoStashSize ? deployed : _cell.System.Mailboxes.StashCapacity(_cell.Props.Dispatcher, _cell.Props.Mailbox);
    }

    public virtual int Capacity => _capacity;
    public int Count => _stash.Count;
    public bool IsEmpty => Count == 0;
    public bool NonEmpty => !IsEmpty;
    public bool IsFull => Capacity >= 0 && Count >= Capacity;

    public void Stash()
    {
        var message = _cell.CurrentMessage;
        if (_cell.CurrentEnvelopeId == _lastStashed) throw new IllegalActorStateException($"[{_cell.Self.Path}] cannot stash the same message [{message}] more than once.");
        _lastStashed = _cell.CurrentEnvelopeId;
        if (Capacity > 0 && Count >= Capacity)
            throw new StashOverflowException($"The stash of [{_cell.Self.Path}] is full with {Capacity} messages, it has no place for [{message}] from [{_cell.Sender}].");
        _stash.AddLast(new Envelope(message!, _cell.Sender));
    }

    public void Unstash()
    {
        if (_stash.First is not { } oldest) return;
        _stash.RemoveFirst();
        EnqueueFirst(oldest.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> filterPredicate)
    {
        if (_stash.Count == 0) return;
        // Empty from here on, even if a bounded mailbox refuses one of them.
        var stashed = _stash;
        _stash = new LinkedList<Envelope>();
        for (var node = stashed.Last; node is not null; node = node.Previous)
            if (filterPredicate(node.Value)) EnqueueFirst(node.Value);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        if (_stash.Count == 0) return [];
        var stashed = _stash;
        _stash = new LinkedList<Envelope>();
        return stashed;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        LinkedListNode<Envelope>? before = null;
        foreach (var envelope in envelopes)
            before = before is null ? _stash.AddFirst(envelope) : _stash.AddAfter(before, envelope);
    }

    private void EnqueueFirst(Envelope envelope)
    {
        _mailbox.EnqueueFirst(envelope);
        // The cell forgot this death when it delivered the message the first time: without this it would take the second for a stale one.
        if (envelope.Message is Terminated terminated) _cell.TerminatedQueuedFor(terminated.ActorRef, Option<object>.None);
    }
}
