namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// The free places of an array: a ring that holds each number at most once, for many threads, without a lock. It has room for all of them, and
/// a taker knows that there is one; each waits at most for a neighbour that is a few instructions behind.
/// Source: D. Vyukov, "Bounded MPMC queue" (1024cores.net), without its checks for full and empty.
/// </summary>
internal sealed class IndexRing
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private PaddedCounter _head;
    private PaddedCounter _tail;

    /// <summary>Makes a ring that holds the numbers from 0 on.</summary>
    /// <param name="count">How many.</param>
    public IndexRing(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _slots = new Slot[Math.Max(2, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)count))];
        _mask = _slots.Length - 1;
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] = i < count ? new Slot { Index = i, Sequence = i + 1 } : new Slot { Sequence = i };
        _tail.Value = count;
    }

    /// <summary>Takes a number. The caller knows that there is one.</summary>
    public int Take() => TakeAt(Interlocked.Increment(ref _head.Value) - 1);

    /// <summary>Takes some. The caller knows that there are so many.</summary>
    /// <param name="indices">Where to put them.</param>
    public void Take(Span<int> indices)
    {
        long position = Interlocked.Add(ref _head.Value, indices.Length) - indices.Length;
        foreach (ref int index in indices)
            index = TakeAt(position++);
    }

    /// <summary>Gives a number back.</summary>
    /// <param name="index">The number.</param>
    public void Put(int index) => PutAt(Interlocked.Increment(ref _tail.Value) - 1, index);

    /// <summary>Gives some back.</summary>
    /// <param name="indices">The numbers.</param>
    public void Put(ReadOnlySpan<int> indices)
    {
        long position = Interlocked.Add(ref _tail.Value, indices.Length) - indices.Length;
        foreach (int index in indices)
            PutAt(position++, index);
    }

    private int TakeAt(long position)
    {
        ref Slot slot = ref _slots[position & _mask];
        Await(ref slot, position + 1);
        int index = slot.Index;
        Volatile.Write(ref slot.Sequence, position + _slots.Length);
        return index;
    }

    private void PutAt(long position, int index)
    {
        ref Slot slot = ref _slots[position & _mask];
        Await(ref slot, position);
        slot.Index = index;
        Volatile.Write(ref slot.Sequence, position + 1);
    }

    private static void Await(ref Slot slot, long sequence)
    {
        if (Volatile.Read(ref slot.Sequence) == sequence)
            return;
        SpinWait spin = default;
        while (Volatile.Read(ref slot.Sequence) != sequence)
            spin.SpinOnce(sleep1Threshold: -1);
    }

    private struct Slot
    {
        public long Sequence;
        public int Index;
    }
}
