using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Dispatch;

/// <summary>Failed tasks that wait for the time of their next run. Bounded, without a lock; any thread adds and removes.</summary>
/// <remarks>
/// A cell that was here is never used anew. So a compare-and-set on the cell tells a place's tenant for certain, and one who comes late removes nobody else.
/// </remarks>
internal sealed class DelayedTasks
{
    private readonly Place[] _places;
    private readonly IndexMask _free;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">For how many tasks.</param>
    public DelayedTasks(int capacity)
    {
        _places = new Place[capacity];
        _free = new IndexMask(capacity);
        for (int i = 0; i < capacity; i++)
            _free.Add(i);
    }

    /// <summary>How many tasks wait here.</summary>
    public int Count => _places.Length - _free.Count;

    /// <summary>Takes a place.</summary>
    /// <param name="index">Its number.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryReserve(out int index) => _free.TryTake(out index);

    /// <summary>Gives a place back that no task was put into.</summary>
    /// <param name="index">Its number.</param>
    public void Return(int index) => _free.Add(index);

    /// <summary>Puts a task into its place. A full fence.</summary>
    /// <param name="index">The place's number.</param>
    /// <param name="cell">The task.</param>
    /// <param name="at">When it may run again, a timestamp.</param>
    public void Put(int index, TaskCell cell, long at)
    {
        Volatile.Write(ref _places[index].At, at);
        Interlocked.Exchange(ref _places[index].Cell, cell);
    }

    /// <summary>Removes a task. Several may try; one removal finds it.</summary>
    /// <param name="index">Its place's number.</param>
    /// <param name="cell">The task.</param>
    /// <returns>Whether this call removed it.</returns>
    public bool TryRemove(int index, TaskCell cell)
    {
        if (Interlocked.CompareExchange(ref _places[index].Cell, null, cell) != cell)
            return false;
        _free.Add(index);
        return true;
    }

    /// <summary>Removes the task of a place whose time has come.</summary>
    /// <param name="index">The place's number.</param>
    /// <param name="line">The line that the task goes to.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="cell">The task. Others may end it at any time.</param>
    /// <returns>Whether there was one. Race: it has gone, and another one has its place; that one is marked again when its time comes.</returns>
    public bool TryTakeReady(int index, TaskLine line, long now, [NotNullWhen(true)] out TaskCell? cell)
    {
        cell = Volatile.Read(ref _places[index].Cell);
        return cell != null && cell.Line == line && Volatile.Read(ref _places[index].At) <= now && TryRemove(index, cell);
    }

    /// <summary>Tells their lines of those whose time has come, and expires those whose deadline has passed.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look; <see cref="long.MaxValue"/> for never.</returns>
    public long Sweep(PoolCore core, long now)
    {
        long next = long.MaxValue;
        for (int i = 0; i < _places.Length; i++)
        {
            if (Volatile.Read(ref _places[i].Cell) is not { } cell)
                continue;
            next = Math.Min(next, cell.Sweep(core, now));
            long at = Volatile.Read(ref _places[i].At);
            if (at <= now)
                cell.Line.AddReady(i);
            else
                next = Math.Min(next, at);
        }

        return next;
    }

    /// <summary>Ends every task here with what it failed with.</summary>
    public void EndAll()
    {
        for (int i = 0; i < _places.Length; i++)
        {
            if (Volatile.Read(ref _places[i].Cell) is { } cell && TryRemove(i, cell) && cell.TryAdvance(CellState.Delayed, CellState.Ended))
                cell.End(cell.Extras!.LastFailure!);
        }
    }

    private struct Place
    {
        public TaskCell? Cell;
        public long At;
    }
}
