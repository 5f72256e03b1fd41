using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission;

/// <summary>
/// The part of a queue that tasks of a class go to while its queue stands: from there the newest is taken first. What came before is taken, or shed as too
/// old, before anything of this part; when the queue stands no more, what is left here comes first, the oldest first, and new tasks go to the ring again.
/// Sources: B. Maurer, "Fail at Scale" (ACM Queue 13-8), adaptive LIFO.
/// </summary>
/// <remarks>
/// While the newest are served, the oldest of this part is what the controlled delay is told of: the newest have hardly waited, and it would take that for
/// the end of the overload. Whatever is too old is taken from below, where its worker sheds it.
/// </remarks>
internal sealed class NewestFirst
{
    private readonly NewestStack<TaskCell>?[] _stacks = new NewestStack<TaskCell>?[PriorityOrder.Classes];
    private readonly IReadOnlyList<CoDel> _delays;
    private readonly int _size;

    /// <summary>Makes an empty part.</summary>
    /// <param name="delays">Which tell for each class whether its queue stands.</param>
    /// <param name="size">How many tasks of a class it must hold, tombstones included.</param>
    public NewestFirst(IReadOnlyList<CoDel> delays, int size)
    {
        _delays = delays;
        _size = size;
    }

    /// <summary>How many tasks there are, or are on their way in; tombstones included.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            for (int c = 0; c < PriorityOrder.Classes; c++)
                count += CountOf(c);
            return count;
        }
    }

    /// <summary>Whether tasks of a class are taken newest first.</summary>
    /// <param name="c">The class.</param>
    public bool IsOn(int c) => _delays[c].IsNewestFirst;

    /// <summary>How many tasks of a class there are.</summary>
    /// <param name="c">The class.</param>
    public int CountOf(int c) => Volatile.Read(ref _stacks[c])?.Count ?? 0;

    /// <summary>When the oldest task of a class came, a timestamp; 0 for none.</summary>
    /// <param name="c">The class.</param>
    public long OldestEnteredAt(int c) => Volatile.Read(ref _stacks[c])?.OldestStamp ?? 0;

    /// <summary>Takes a new task in, if the queue of its class stands.</summary>
    /// <param name="cell">The task.</param>
    /// <returns>Whether it did.</returns>
    public bool TryPut(TaskCell cell)
    {
        int c = (int)cell.Priority;
        // The gate has looked at the clock for it already.
        long enteredAt = cell.Extras?.Ticket.EnteredAt ?? 0;
        if (!_delays[c].Stands(enteredAt))
            return false;
        StackFor(c).Push(cell, enteredAt);
        return true;
    }

    /// <summary>Takes the newest task of a class; the oldest, if that has waited too long.</summary>
    /// <param name="c">The class.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cell">The task, or a tombstone.</param>
    public bool TryTake(int c, Clock clock, [NotNullWhen(true)] out TaskCell? cell)
    {
        cell = null;
        if (Volatile.Read(ref _stacks[c]) is not { Count: > 0 } stack)
            return false;
        bool isTooOld = stack.OldestStamp is not 0 and long oldest && _delays[c].IsTooOld(clock.Now - oldest);
        return isTooOld ? stack.TryTakeOldest(out cell, out _) : stack.TryPop(out cell);
    }

    /// <summary>Takes the oldest task of a class.</summary>
    /// <param name="c">The class.</param>
    /// <param name="cell">The task, or a tombstone.</param>
    public bool TryTakeOldest(int c, [NotNullWhen(true)] out TaskCell? cell)
    {
        cell = null;
        return Volatile.Read(ref _stacks[c]) is { } stack && stack.TryTakeOldest(out cell, out _);
    }

    /// <summary>
    /// Takes the tombstones of a class out: every task once round from below to the top, in their order. Workers may meanwhile meet an older one first, or none while
    /// the last one is in hand.
    /// </summary>
    /// <param name="c">The class.</param>
    /// <param name="holds">The state of a task that lives.</param>
    /// <param name="tombstones">Where they are counted.</param>
    public void SweepTombstones(int c, CellState holds, Tombstones tombstones)
    {
        NewestStack<TaskCell>? stack = Volatile.Read(ref _stacks[c]);
        for (int left = stack?.Count ?? 0; left > 0 && stack!.TryTakeOldest(out TaskCell? cell, out long stamp); left--)
        {
            if (cell.State == holds)
                stack.Push(cell, stamp);
            else
                tombstones.Remove(c);
        }
    }

    /// <summary>Looks after the time of every task.</summary>
    /// <param name="core">Their pool.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look.</returns>
    public long Sweep(PoolCore core, long now)
    {
        long next = long.MaxValue;
        for (int c = 0; c < PriorityOrder.Classes; c++)
        {
            // Up to the top as it is then: what a sweep of tombstones moves there is met there.
            NewestStack<TaskCell>? stack = Volatile.Read(ref _stacks[c]);
            for (uint p = stack?.Oldest ?? 0; stack != null && stack.IsBelowTop(p); p++)
                next = Math.Min(next, stack.PeekAt(p)?.Sweep(core, now) ?? long.MaxValue);
        }

        return next;
    }

    /// <summary>Looks for the oldest task that is timed, among the oldest of each class.</summary>
    /// <param name="reach">How many of a class to look at.</param>
    /// <param name="oldest">What was found so far.</param>
    public void FindOldest(int reach, ref OldestTask oldest)
    {
        foreach (NewestStack<TaskCell>? stack in _stacks)
        {
            uint p = stack?.Oldest ?? 0;
            for (int left = reach; left > 0 && stack != null && stack.IsBelowTop(p) && !oldest.Notes(stack.PeekAt(p)); left--)
                p++;
        }
    }

    private NewestStack<TaskCell> StackFor(int c)
    {
        ref NewestStack<TaskCell>? place = ref _stacks[c];
        NewestStack<TaskCell>? stack = Volatile.Read(ref place);
        if (stack != null)
            return stack;
        NewestStack<TaskCell> made = new(_size);
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }
}
