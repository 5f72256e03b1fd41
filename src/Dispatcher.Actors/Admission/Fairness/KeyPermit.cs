using System.Collections.Concurrent;
using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>What a <see cref="KeyGate{T}"/> keeps for a key that has tasks: how many, and those that wait.</summary>
/// <typeparam name="T">What waits.</typeparam>
internal sealed class KeyPermit<T> : KeyEntry
    where T : class
{
    private const int Closed = int.MinValue;

    private ConcurrentQueue<T>? _parked;
    private int _count;

    /// <summary>Makes one for a key without tasks.</summary>
    /// <param name="key">The key.</param>
    public KeyPermit(string key)
        : base(key)
    {
    }

    /// <summary>Tasks that are in or parked; less than zero if the entry is closed.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts one task more, if nothing has changed since.</summary>
    /// <param name="seen">The count that was seen.</param>
    public bool TryCount(int seen) => Interlocked.CompareExchange(ref _count, seen + 1, seen) == seen;

    /// <summary>One task is out.</summary>
    /// <returns>How many there were with it.</returns>
    public int Discount() => Interlocked.Decrement(ref _count) + 1;

    /// <summary>Puts a task that was counted into the line.</summary>
    /// <param name="waiter">The task.</param>
    public void Park(T waiter) => Line().Enqueue(waiter);

    /// <summary>Takes the oldest from the line. The caller knows that one was counted; he may still be about to put himself into the line.</summary>
    public T Unpark()
    {
        ConcurrentQueue<T> line = Line();
        SpinWait spin = default;
        T? waiter;
        while (!line.TryDequeue(out waiter))
            spin.SpinOnce(sleep1Threshold: -1);
        return waiter;
    }

    /// <inheritdoc/>
    public override bool TryClose(long now) => Interlocked.CompareExchange(ref _count, Closed, 0) == 0;

    // Most keys never have anybody wait.
    private ConcurrentQueue<T> Line()
    {
        ConcurrentQueue<T>? line = Volatile.Read(ref _parked);
        if (line != null)
            return line;
        ConcurrentQueue<T> made = new();
        return Interlocked.CompareExchange(ref _parked, made, null) ?? made;
    }
}
