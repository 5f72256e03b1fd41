using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Admission;

/// <summary>
/// A bounded ring for many producers and many consumers, first in first out, without a lock. Each slot carries the position
/// that may use it next: position p writes its slot when the number says p, reads it when the number says p + 1.
/// Source: D. Vyukov, "Bounded MPMC queue" (1024cores.net).
/// </summary>
/// <typeparam name="T">What the ring holds.</typeparam>
internal sealed class MpmcRing<T>
    where T : class
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private PaddedCounter _head;
    private PaddedCounter _tail;

    /// <summary>Makes a ring.</summary>
    /// <param name="minimumSize">How many items it must hold, 1 to 2^30; rounded up to a power of two, at least 2.</param>
    public MpmcRing(int minimumSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimumSize, 1 << 30);
        // One slot would make "free for p + 1" and "filled by p" the same number.
        _slots = new Slot[Math.Max(2, (int)BitOperations.RoundUpToPowerOf2((uint)minimumSize))];
        _mask = _slots.Length - 1;
        for (int i = 0; i < _slots.Length; i++)
            _slots[i].Sequence = i;
    }

    /// <summary>How many items fit.</summary>
    public int Size => _slots.Length;

    /// <summary>How many positions are taken; a momentary value that counts items still being written or read.</summary>
    public int Count
    {
        get
        {
            long head = Volatile.Read(ref _head.Value);
            return (int)Math.Clamp(Volatile.Read(ref _tail.Value) - head, 0, _slots.Length);
        }
    }

    /// <summary>The oldest position; a momentary value.</summary>
    public long Head => Volatile.Read(ref _head.Value);

    /// <summary>One more than the newest position; a momentary value.</summary>
    public long Tail => Volatile.Read(ref _tail.Value);

    /// <summary>
    /// Whether a position is taken, written or not. A producer takes its position by a full fence: what it reads after <see cref="Enqueue"/> it
    /// reads after others can see this.
    /// </summary>
    public bool IsClaimed
    {
        get
        {
            long head = Volatile.Read(ref _head.Value);
            return Volatile.Read(ref _tail.Value) > head;
        }
    }

    /// <summary>Whether <see cref="TryDequeue"/> would find an item now: the oldest position is written.</summary>
    public bool HasItem
    {
        get
        {
            long head = Volatile.Read(ref _head.Value);
            return Volatile.Read(ref SlotAt(head).Sequence) > head;
        }
    }

    /// <summary>
    /// Adds an item for which the caller holds a reservation, so that there is room for it. Waits, a few instructions long, for a
    /// consumer that has claimed the slot's last item and not yet released it: such a ring is not full, however much it looks so.
    /// </summary>
    /// <param name="item">The item.</param>
    public void Enqueue(T item)
    {
        long position = Interlocked.Increment(ref _tail.Value) - 1;
        ref Slot slot = ref SlotAt(position);
        if (Volatile.Read(ref slot.Sequence) != position)
            AwaitRelease(ref slot, position);
        slot.Item = item;
        Volatile.Write(ref slot.Sequence, position + 1);
    }

    /// <summary>Adds an item if there is room. May say no while a consumer is still releasing the slot.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether it was added.</returns>
    public bool TryEnqueue(T item)
    {
        while (true)
        {
            long position = Volatile.Read(ref _tail.Value);
            ref Slot slot = ref SlotAt(position);
            long lead = Volatile.Read(ref slot.Sequence) - position;
            if (lead < 0)
                return false;
            if (lead == 0 && Interlocked.CompareExchange(ref _tail.Value, position + 1, position) == position)
            {
                slot.Item = item;
                Volatile.Write(ref slot.Sequence, position + 1);
                return true;
            }
        }
    }

    /// <summary>
    /// Takes the oldest item. Says no also while the oldest position's producer has claimed it and not yet written it: that
    /// producer looks for an idle worker after its write, so nothing is forgotten.
    /// </summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        while (true)
        {
            long position = Volatile.Read(ref _head.Value);
            ref Slot slot = ref SlotAt(position);
            long lead = Volatile.Read(ref slot.Sequence) - (position + 1);
            if (lead < 0)
            {
                item = null;
                return false;
            }

            // A positive lead: another consumer was faster and a producer has been here since. Look again.
            if (lead == 0 && Interlocked.CompareExchange(ref _head.Value, position + 1, position) == position)
            {
                item = slot.Item!;
                slot.Item = null;
                Volatile.Write(ref slot.Sequence, position + _slots.Length);
                return true;
            }
        }
    }

    /// <summary>Looks at a position in place, for sweeps. The item may be gone, or gone and used anew, at the next instruction.</summary>
    /// <param name="position">From <see cref="Head"/> to <see cref="Tail"/> - 1.</param>
    /// <returns>The item, or null.</returns>
    public T? PeekAt(long position) => Volatile.Read(ref SlotAt(position).Item);

    private static void AwaitRelease(ref Slot slot, long position)
    {
        SpinWait spin = default;
        while (Volatile.Read(ref slot.Sequence) != position)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    private ref Slot SlotAt(long position) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nint)(position & _mask));

    private struct Slot
    {
        public long Sequence;
        public T? Item;
    }
}
