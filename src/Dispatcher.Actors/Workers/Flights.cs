using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers;

/// <summary>
/// A worker's asynchronous tasks in flight, each with the handlers it runs on. The worker's turn adds, any thread removes. Made when a
/// worker's first handler awaits.
/// </summary>
internal sealed class Flights
{
    private readonly IndexMask _free;
    private readonly Flight[] _flights;
    private long _completed;

    /// <summary>Makes room.</summary>
    /// <param name="capacity">How many tasks may be in flight.</param>
    public Flights(int capacity)
    {
        _flights = new Flight[capacity];
        _free = new IndexMask(capacity);
        for (int i = 0; i < capacity; i++)
            _free.Add(i);
    }

    /// <summary>Whether one more may start.</summary>
    public bool HasRoom => _free.Any && _free.Count > 0;

    /// <summary>Tasks whose handler returned after it had awaited.</summary>
    public long Completed => Volatile.Read(ref _completed);

    /// <summary>How many are in flight.</summary>
    public int Count => _flights.Length - _free.Count;

    /// <summary>How many of them have no outcome yet: all but those that were given up and keep their place.</summary>
    public int Running
    {
        get
        {
            int running = 0;
            ForEach(cell => running += cell.State == CellState.Running ? 1 : 0);
            return running;
        }
    }

    /// <summary>Counts a task whose handler returned.</summary>
    public void CountCompleted() => Interlocked.Increment(ref _completed);

    /// <summary>Adds a task, with a full fence. There is room: only the worker's turn adds, and it has looked.</summary>
    /// <param name="cell">The task.</param>
    /// <param name="handlers">What it runs on.</param>
    public void Add(TaskCell cell, HandlerSet handlers)
    {
        if (!_free.TryTake(out int index))
            throw new InvalidOperationException("A worker took a task beyond its concurrency.");
        handlers.Hold();
        cell.FlightIndex = index;
        _flights[index].Handlers = handlers;
        Interlocked.Exchange(ref _flights[index].Cell, cell);
    }

    /// <summary>
    /// Removes a task. Race: its handler ends and the sweep abandons it at the same moment, or its place has a new task by now; one removal
    /// finds the cell. An abandoned cell is never used anew, so a late handler cannot remove another task.
    /// </summary>
    /// <param name="cell">The task.</param>
    /// <param name="index">Its place, as it was while the cell was certainly ours.</param>
    /// <param name="handlers">What it ran on.</param>
    /// <returns>Whether this call removed it, and its place is free.</returns>
    public bool TryRemove(TaskCell cell, int index, out HandlerSet? handlers)
    {
        // A task that is not in flight yet has the place that its cell had last, maybe in a pool with more of them.
        handlers = null;
        if ((uint)index >= (uint)_flights.Length)
            return false;
        handlers = _flights[index].Handlers;
        if (Interlocked.CompareExchange(ref _flights[index].Cell, null, cell) != cell)
            return false;
        _free.Add(index);
        return true;
    }

    /// <summary>Does something with each.</summary>
    /// <param name="visit">What to do; the task may have ended.</param>
    public void ForEach(Action<TaskCell> visit)
    {
        foreach (ref Flight flight in _flights.AsSpan())
        {
            if (Volatile.Read(ref flight.Cell) is { } cell)
                visit(cell);
        }
    }

    /// <summary>Looks after the time of each.</summary>
    /// <param name="core">Their pool.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look.</returns>
    public long Sweep(PoolCore core, long now)
    {
        long next = long.MaxValue;
        foreach (ref Flight flight in _flights.AsSpan())
            next = Math.Min(next, Volatile.Read(ref flight.Cell)?.Sweep(core, now) ?? long.MaxValue);
        return next;
    }

    private struct Flight
    {
        public TaskCell? Cell;
        public HandlerSet? Handlers;
    }
}
