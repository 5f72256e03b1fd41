using System.Diagnostics;
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

/// <summary>
/// A lock-free queue for many producers and one consumer. Messages stand in a ring of numbered slots; a full ring is closed and followed by
/// one twice as large, so a queue whose backlog is steady allocates nothing, and one that was never used has no ring at all.
/// </summary>
public class UnboundedMessageQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private const int FirstCapacity = 4;
    private const int MaxCapacity = 1 << 17;

    private Ring? _producers; // the youngest ring
    private Ring? _consumer; // the oldest ring with messages
    private long _consumed; // messages taken from the consumer's ring

    public UnboundedMessageQueue() { }

    /// <summary>A claimed slot counts, published or not: who looks for work after going idle must not miss it.</summary>
    public bool HasMessages
    {
        get
        {
            var ring = Volatile.Read(ref _consumer);
            return ring is not null && (ring.Claimed > Volatile.Read(ref _consumed) || Volatile.Read(ref ring.Next) is not null);
        }
    }

    public int Count
    {
        get
        {
            var ring = Volatile.Read(ref _consumer);
            if (ring is null) return 0;
            var count = ring.Claimed - Volatile.Read(ref _consumed);
            for (var next = Volatile.Read(ref ring.Next); next is not null; next = Volatile.Read(ref next.Next)) count += next.Claimed;
            return (int)Math.Clamp(count, 0, int.MaxValue);
        }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        while (true)
        {
            var ring = Volatile.Read(ref _producers) ?? FirstRing();
            if (ring.TryEnqueue(envelope)) return;
            Grow(ring);
        }
    }

    private Ring FirstRing()
    {
        lock (this)
        {
            if (_producers is not null) return _producers;
            var ring = new Ring(FirstCapacity);
            Volatile.Write(ref _consumer, ring);
            Volatile.Write(ref _producers, ring);
            return ring;
        }
    }

    private void Grow(Ring full)
    {
        lock (this)
        {
            if (_producers != full) return; // another producer was here
            full.Close();
            var next = new Ring(Math.Min(full.Capacity * 2, MaxCapacity));
            Volatile.Write(ref full.Next, next);
            Volatile.Write(ref _producers, next);
        }
    }

    public bool TryDequeue(out Envelope envelope)
    {
        var spin = default(SpinWait);
        while (true)
        {
            var ring = _consumer;
            if (ring is null) break;
            if (ring.TryDequeue(_consumed, out envelope))
            {
                Volatile.Write(ref _consumed, _consumed + 1);
                return true;
            }
            // A closed ring gets no more messages, so once it is empty the next one follows.
            var next = Volatile.Read(ref ring.Next);
            if (next is null) break;
            if (ring.Claimed > _consumed)
            {
                spin.SpinOnce(sleep1Threshold: -1); // claimed before the ring was closed, published in a moment
                continue;
            }
            Volatile.Write(ref _consumed, 0);
            Volatile.Write(ref _consumer, next);
        }
        envelope = default;
        return false;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        // A sender that found the mailbox open may still publish into a slot it has claimed: wait for those, they are a few instructions away.
        var spin = default(SpinWait);
        while (HasMessages)
        {
            this.MoveTo(owner, deadletters);
            if (HasMessages) spin.SpinOnce();
        }
    }

    /// <summary>
    /// The slot of ticket t has number t while it is free, t + 1 once it is full, and t + capacity when it was emptied, which makes it free for
    /// the next round. Producers claim tickets by compare-and-set; closing adds a large number to the tickets, so that no claim succeeds any more.
    /// </summary>
    private sealed class Ring
    {
        private const long ClosedOffset = 1L << 60;

        private readonly Slot[] _slots;
        private readonly int _mask;
        private long _tickets;
        internal Ring? Next;

        internal Ring(int capacity)
        {
            _slots = new Slot[capacity];
            _mask = capacity - 1;
            for (var i = 0; i < capacity; i++) _slots[i].Number = i;
        }

        internal int Capacity => _slots.Length;

        internal long Claimed => Volatile.Read(ref _tickets) & (ClosedOffset - 1);

        internal void Close() => Interlocked.Or(ref _tickets, ClosedOffset);

        internal bool TryEnqueue(in Envelope envelope)
        {
            while (true)
            {
                var ticket = Volatile.Read(ref _tickets);
                if (ticket >= ClosedOffset) return false;
                ref var slot = ref _slots[(int)ticket & _mask];
                var age = Volatile.Read(ref slot.Number) - ticket;
                if (age < 0) // still full from the round before; unless our ticket is an old one
                {
                    if (Volatile.Read(ref _tickets) == ticket) return false;
                    continue;
                }
                if (age > 0 || Interlocked.CompareExchange(ref _tickets, ticket + 1, ticket) != ticket) continue;
                slot.Envelope = envelope;
                Volatile.Write(ref slot.Number, ticket + 1);
                return true;
            }
        }

        internal bool TryDequeue(long ticket, out Envelope envelope)
        {
            ref var slot = ref _slots[(int)ticket & _mask];
            if (Volatile.Read(ref slot.Number) != ticket + 1)
            {
                Debug.Assert(slot.Number <= ticket + 1, "the consumer's ticket is behind its ring");
                envelope = default;
                return false;
            }
            envelope = slot.Envelope;
            slot.Envelope = default;
            Volatile.Write(ref slot.Number, ticket + _slots.Length);
            return true;
        }
    }

    private struct Slot
    {
        internal Envelope Envelope;
        internal long Number;
    }
}
