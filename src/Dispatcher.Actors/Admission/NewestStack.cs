using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Dispatcher.Actors.Admission;

/// <summary>
/// A bounded stack for many threads: the newest comes out first, and the oldest can be taken from below. No lock, nothing allocated an item.
/// </summary>
/// <remarks>
/// One word says where the oldest item is and how many there are. Whoever moves one of its ends by compare-and-set owns the position there, and what is in its slot:
/// nothing depends on which item that is, so it does not matter when the word comes back to a value that it had. Race: a position changes hands
/// before its last owner has written or read the slot. Each who puts one in waits until the slot is empty, each who takes one out until it is full; there are as
/// many of the ones as of the others, and each waits for a neighbour that is a few instructions behind.
/// </remarks>
/// <typeparam name="T">What the stack holds.</typeparam>
internal sealed class NewestStack<T>
    where T : class
{
    private const int OldestShift = 32;
    private const ulong OneUp = 1UL << OldestShift;

    private readonly Slot[] _slots;
    private readonly int _mask;
    private PaddedWord _ends;

    /// <summary>Makes an empty stack.</summary>
    /// <param name="minimumSize">How many items it must hold, 1 to 2^30; rounded up to a power of two. Those who push know that there is room.</param>
    public NewestStack(int minimumSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minimumSize, 1 << 30);
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)minimumSize)];
        _mask = _slots.Length - 1;
    }

    /// <summary>How many items there are, with those that are just being written; misses none whose pusher looks at anything after <see cref="Push"/>.</summary>
    public int Count => CountOf(Volatile.Read(ref _ends.Value));

    /// <summary>The position of the oldest item; a momentary value.</summary>
    public uint Oldest => OldestOf(Volatile.Read(ref _ends.Value));

    /// <summary>The stamp of the oldest item; 0 for none. A momentary value, which may be that of the one just taken.</summary>
    public long OldestStamp
    {
        get
        {
            ulong ends = Volatile.Read(ref _ends.Value);
            return CountOf(ends) == 0 ? 0 : Volatile.Read(ref SlotAt(OldestOf(ends)).Stamp);
        }
    }

    /// <summary>Adds an item on top. A full fence.</summary>
    /// <param name="item">The item.</param>
    /// <param name="stamp">What <see cref="OldestStamp"/> is to say of it.</param>
    public void Push(T item, long stamp)
    {
        ulong ends;
        do
        {
            ends = Volatile.Read(ref _ends.Value);
        }
        while (Interlocked.CompareExchange(ref _ends.Value, ends + 1, ends) != ends);
        ref Slot slot = ref SlotAt(OldestOf(ends) + (uint)CountOf(ends));
        SpinWait spin = default;
        while (Volatile.Read(ref slot.Item) != null)
            spin.SpinOnce(sleep1Threshold: -1);
        Volatile.Write(ref slot.Stamp, stamp);
        while (Interlocked.CompareExchange(ref slot.Item, item, null) != null)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>Takes the newest item.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryPop([NotNullWhen(true)] out T? item)
    {
        while (Volatile.Read(ref _ends.Value) is var ends && CountOf(ends) > 0)
        {
            if (Interlocked.CompareExchange(ref _ends.Value, ends - 1, ends) == ends)
            {
                item = Take(ref SlotAt(OldestOf(ends) + (uint)CountOf(ends) - 1));
                return true;
            }
        }

        item = null;
        return false;
    }

    /// <summary>Takes the oldest item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="stamp">Its stamp.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeOldest([NotNullWhen(true)] out T? item, out long stamp)
    {
        while (Volatile.Read(ref _ends.Value) is var ends && CountOf(ends) > 0)
        {
            if (Interlocked.CompareExchange(ref _ends.Value, ends + OneUp - 1, ends) == ends)
            {
                ref Slot slot = ref SlotAt(OldestOf(ends));
                stamp = Volatile.Read(ref slot.Stamp);
                item = Take(ref slot);
                return true;
            }
        }

        item = null;
        stamp = 0;
        return false;
    }

    /// <summary>Looks at an item in place, for sweeps. It may be gone, or gone and used anew, at the next instruction.</summary>
    /// <param name="position">From <see cref="Oldest"/> on, as long as it <see cref="IsBelowTop"/>.</param>
    /// <returns>The item, or null.</returns>
    public T? PeekAt(uint position) => Volatile.Read(ref SlotAt(position).Item);

    /// <summary>Whether a position is below the top as that is now.</summary>
    /// <param name="position">The position.</param>
    public bool IsBelowTop(uint position)
    {
        ulong ends = Volatile.Read(ref _ends.Value);
        return (int)(OldestOf(ends) + (uint)CountOf(ends) - position) > 0;
    }

    private static int CountOf(ulong ends) => (int)(uint)ends;

    private static uint OldestOf(ulong ends) => (uint)(ends >> OldestShift);

    private static T Take(ref Slot slot)
    {
        T? item = Interlocked.Exchange(ref slot.Item, null);
        SpinWait spin = default;
        while (item == null)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            item = Interlocked.Exchange(ref slot.Item, null);
        }

        return item;
    }

    private ref Slot SlotAt(uint position) => ref _slots[position & (uint)_mask];

    private struct Slot
    {
        public T? Item;
        public long Stamp;
    }
}
