using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers;

/// <summary>A pool's places for workers, manned or not. Places are made when they are first needed and never go, so their counts add up for good.</summary>
internal sealed class WorkerSlots
{
    private readonly PoolCore _core;
    private readonly WorkerSlot?[] _slots;
    private readonly IndexMask _free;
    private int _made;
    private int _warm;

    /// <summary>Makes room.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="capacity">How many workers there may be at once.</param>
    public WorkerSlots(PoolCore core, int capacity)
    {
        _core = core;
        _slots = new WorkerSlot?[capacity];
        _free = new IndexMask(capacity);
        Idle = new IdleWorkers(capacity);
        for (int i = 0; i < capacity; i++)
            _free.Add(i);
    }

    /// <summary>The workers that wait for a task.</summary>
    public IdleWorkers Idle { get; }

    /// <summary>How many workers there may be at once.</summary>
    public int Capacity => _slots.Length;

    /// <summary>How many places nobody has.</summary>
    public int FreePlaces => _free.Count;

    /// <summary>How many places somebody has.</summary>
    public int Taken => _slots.Length - _free.Count;

    /// <summary>How many workers have an actor and were not asked to stop.</summary>
    public int Staying => Count(static slot => slot is { IsManned: true, IsDrainRequested: false });

    /// <summary>How many workers have all their handlers.</summary>
    public int Warm => Volatile.Read(ref _warm);

    /// <summary>Those of them that have not got their turn back for long, from a caller or from a handler that is stuck.</summary>
    public int Missed => Count(static slot => slot is { IsManned: true, IsDrainRequested: false } && (slot.IsMissed || slot.IsStuck));

    /// <summary>Whether some caller has a turn.</summary>
    public bool AnyLending => Count(static slot => slot.IsLending) > 0;

    /// <summary>Tasks whose handler returned.</summary>
    public long Completed => Sum(static slot => slot.Completed);

    /// <summary>Tasks that a worker took, each try once.</summary>
    public long Started => Sum(static slot => slot.Started);

    /// <summary>Tasks in their handler.</summary>
    public int Running => (int)Sum(static slot => slot.Running);

    /// <summary>How many places were made: those of the numbers below, with few exceptions.</summary>
    public int Made => Volatile.Read(ref _made);

    /// <summary>The place of a number below <see cref="Made"/>; null where it is only being made.</summary>
    /// <param name="index">The number.</param>
    public WorkerSlot? TryGet(int index) => _slots[index];

    /// <summary>The worker of a number.</summary>
    /// <param name="index">The number, of a worker that is or was there.</param>
    public WorkerSlot this[int index] => _slots[index]!;

    /// <summary>How many moves the workers' state machines have refused.</summary>
    public long RefusedMoves => Sum(static slot => slot.RefusedMoves);

    /// <summary>The workers with an actor, by number.</summary>
    public IEnumerable<WorkerSnapshot> List()
    {
        for (int i = 0; i < Volatile.Read(ref _made); i++)
        {
            if (_slots[i] is { IsManned: true } slot)
                yield return new WorkerSnapshot(_core.Settings.Class, i, slot.State, slot.Running, slot.Completed, slot.RefusedMoves);
        }
    }

    /// <summary>How many workers with an actor are in each state. One look at each: a worker that changes its state meanwhile counts once.</summary>
    public (int Idle, int Busy, int Draining) CountByState()
    {
        int idle = 0, busy = 0, draining = 0;
        for (int i = 0; i < Volatile.Read(ref _made); i++)
        {
            if (_slots[i] is not { IsManned: true } slot)
                continue;
            switch (slot.State)
            {
                case WorkerState.Idle:
                    idle++;
                    break;
                case WorkerState.Busy:
                    busy++;
                    break;
                case WorkerState.Draining:
                    draining++;
                    break;
            }
        }

        return (idle, busy, draining);
    }

    /// <summary>Takes the lowest free place.</summary>
    /// <returns>The place; null when all are taken.</returns>
    public WorkerSlot? TryTake()
    {
        if (!_free.TryTake(out int index))
            return null;
        WorkerSlot slot = _slots[index] ??= new WorkerSlot(_core, index);
        int made;
        while (index >= (made = Volatile.Read(ref _made)))
            Interlocked.CompareExchange(ref _made, index + 1, made);
        return slot;
    }

    /// <summary>Gives a place back, when its actor has left.</summary>
    /// <param name="slot">The place.</param>
    public void Return(WorkerSlot slot) => _free.Add(slot.Index);

    /// <summary>Workers have got all their handlers, or have left. A full fence.</summary>
    /// <param name="by">How many more.</param>
    public void CountWarm(int by) => Interlocked.Add(ref _warm, by);

    /// <summary>Asks workers to finish and stop, those of the highest numbers first.</summary>
    /// <param name="count">How many.</param>
    public void RequestDrain(int count)
    {
        for (int i = Volatile.Read(ref _made) - 1; i >= 0 && count > 0; i--)
        {
            if (_slots[i] is not { IsManned: true, IsDrainRequested: false } slot)
                continue;
            slot.RequestDrain();
            count--;
        }
    }

    /// <summary>Looks after the time of all running tasks.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look.</returns>
    public long Sweep(long now)
    {
        long next = long.MaxValue;
        for (int i = 0; i < Volatile.Read(ref _made); i++)
            next = Math.Min(next, _slots[i]?.Sweep(now) ?? long.MaxValue);
        return next;
    }

    /// <summary>One round of the watch over lent turns.</summary>
    public WatchRound Watch()
    {
        bool anyLent = false, anyHeld = false, changed = false;
        for (int i = 0; i < Volatile.Read(ref _made); i++)
        {
            if (_slots[i] is not { } slot)
                continue;
            (bool lent, bool hasChanged) = slot.Watch();
            anyLent |= lent;
            anyHeld |= slot.IsHeld;
            changed |= hasChanged;
        }

        return new WatchRound(anyLent, anyHeld, changed);
    }

    /// <summary>Does something with every task that may be running.</summary>
    /// <param name="visit">What to do; the task may have ended, and its cell may serve another pool.</param>
    public void ForEachRunning(Action<TaskCell> visit)
    {
        for (int i = 0; i < Volatile.Read(ref _made); i++)
            _slots[i]?.ForEachRunning(visit);
    }

    private int Count(Func<WorkerSlot, bool> fits)
    {
        int count = 0;
        for (int i = 0; i < Volatile.Read(ref _made); i++)
            count += _slots[i] is { } slot && fits(slot) ? 1 : 0;
        return count;
    }

    private long Sum(Func<WorkerSlot, long> figure)
    {
        long sum = 0;
        for (int i = 0; i < Volatile.Read(ref _made); i++)
            sum += _slots[i] is { } slot ? figure(slot) : 0;
        return sum;
    }
}
