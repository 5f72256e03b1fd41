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
    private Cursor? _cursor; // made with the first ring

    public UnboundedMessageQueue() { }

    /// <summary>A claimed slot counts, published or not: who looks for work after going idle must not miss it.</summary>
    public bool HasMessages => Volatile.Read(ref _cursor) is { } cursor && cursor.HasMessages;

    public int Count => Volatile.Read(ref _cursor) is { } cursor ? cursor.Count : 0;

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
            Volatile.Write(ref _cursor, new Cursor(ring));
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
        if (Volatile.Read(ref _cursor) is { } cursor) return cursor.TryDequeue(out envelope);
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

        internal readonly Slot[] Slots;
        private long _tickets;
        internal Ring? Next;

        internal Ring(int capacity)
        {
            Slots = new Slot[capacity];
            for (var i = 0; i < capacity; i++) Slots[i].Number = i;
        }

        internal int Capacity => Slots.Length;

        internal long Claimed => Volatile.Read(ref _tickets) & (ClosedOffset - 1);

        internal void Close() => Interlocked.Or(ref _tickets, ClosedOffset);

        internal bool TryEnqueue(in Envelope envelope)
        {
            var slots = Slots;
            while (true)
            {
                var ticket = Volatile.Read(ref _tickets);
                if (ticket >= ClosedOffset) return false;
                ref var slot = ref slots[(int)ticket & (slots.Length - 1)];
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
    }

    /// <summary>
    /// Where the consumer stands. It writes here with every message, so this is an object of its own, made after the first ring and its slots:
    /// on a cache line with what producers read, each of its writes would take that line away from them.
    /// </summary>
    private sealed class Cursor
    {
        private Ring _ring; // the oldest ring with messages
        private Slot[] _slots; // of that ring
        private long _taken; // messages taken from that ring

        internal Cursor(Ring ring) => (_ring, _slots) = (ring, ring.Slots);

        internal bool HasMessages
        {
            get
            {
                var ring = Volatile.Read(ref _ring);
                return ring.Claimed > Volatile.Read(ref _taken) || Volatile.Read(ref ring.Next) is not null;
            }
        }

        internal int Count
        {
            get
            {
                var ring = Volatile.Read(ref _ring);
                var count = ring.Claimed - Volatile.Read(ref _taken);
                for (var next = Volatile.Read(ref ring.Next); next is not null; next = Volatile.Read(ref next.Next)) count += next.Claimed;
                return (int)Math.Clamp(count, 0, int.MaxValue);
            }
        }

        private void MoveTo(Ring ring)
        {
            Volatile.Write(ref _taken, 0);
            _slots = ring.Slots;
            Volatile.Write(ref _ring, ring);
        }

        internal bool TryDequeue(out Envelope envelope)
        {
            while (true)
            {
                var slots = _slots;
                var ticket = _taken;
                ref var slot = ref slots[(int)ticket & (slots.Length - 1)];
                if (Volatile.Read(ref slot.Number) == ticket + 1)
                {
                    envelope = slot.Envelope;
                    slot.Envelope = default;
                    Volatile.Write(ref slot.Number, ticket + slots.Length);
                    Volatile.Write(ref _taken, ticket + 1);
                    return true;
                }
                Debug.Assert(slot.Number <= ticket + 1, "the consumer's ticket is behind its ring");
                // A closed ring gets no more messages, so once it is empty the next one follows.
                var ring = _ring;
                var next = Volatile.Read(ref ring.Next);
                if (next is null) break;
                if (ring.Claimed == ticket) MoveTo(next); // else: claimed before the ring was closed, published in a moment
            }
            envelope = default;
            return false;
        }
    }

    private struct Slot
    {
        internal Envelope Envelope;
        internal long Number;
    }
}
