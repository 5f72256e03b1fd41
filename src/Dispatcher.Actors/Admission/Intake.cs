using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission.Fairness;
using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission;

/// <summary>
/// The bounded queue of a pool: a ring a class, all three under one bound; in their place, or beside them, what some pools ask for. No lock, and nothing
/// allocated a task.
/// </summary>
/// <remarks>
/// A place is reserved before the task goes in. It is free again when the task is taken out of its ring, or is ended there by somebody else. A task that is ended in the queue stays in its ring as a tombstone until a worker comes by;
/// the rings have slack for them, and the one who would leave a tombstone too many sweeps the ring first.
/// </remarks>
internal sealed class Intake
{
    private const int MinimumSlack = 64;

    private readonly MpmcRing<TaskCell>?[] _rings = new MpmcRing<TaskCell>?[PriorityOrder.Classes];
    private readonly Tombstones? _tombstones;
    private readonly int _capacity;
    private readonly CellState _holds;
    private readonly CellState _next;
    private readonly FairLines? _fair;
    private readonly NewestFirst? _newest;
    private readonly bool _isPlain;
    private PaddedCounter _reserved;
    private PaddedCounter _releasedSeen;
    private long _correction;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="capacity">How many tasks fit, all classes together.</param>
    /// <param name="holds">The state of a task in this queue.</param>
    /// <param name="next">The state of a task that was taken out of it.</param>
    /// <param name="fair">How tenants share it; null where they do not.</param>
    /// <param name="delays">Which tell for each class when the newest are to be taken first; null for never, and where tenants share it.</param>
    public Intake(int capacity, CellState holds, CellState next, FairLines? fair = null, IReadOnlyList<CoDel>? delays = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _holds = holds;
        _next = next;
        _fair = fair;
        if (fair != null)
            return;
        MpmcRing<TaskCell> usual = new(capacity + MinimumSlack);
        _rings[(int)TaskPriority.P1] = usual;
        _tombstones = new Tombstones(usual.Size - capacity, SweepTombstones);
        _newest = delays == null ? null : new NewestFirst(delays, usual.Size);
        _isPlain = delays == null;
    }

    /// <summary>How many places are taken. May be more than there are: see <see cref="Released"/>.</summary>
    public int Depth
    {
        get
        {
            long released = Released;
            return (int)Math.Max(0, Volatile.Read(ref _reserved.Value) - released);
        }
    }

    /// <summary>How many places were taken since the start.</summary>
    public long Reserved => Volatile.Read(ref _reserved.Value);

    /// <summary>Whether a take would find something now, if only a tombstone.</summary>
    public bool HasItem
    {
        get
        {
            if (_fair != null)
                return _fair.HasItem;
            foreach (MpmcRing<TaskCell>? ring in _rings)
            {
                if (ring is { HasItem: true })
                    return true;
            }

            return _newest is { Count: > 0 };
        }
    }

    /// <summary>How many tasks are there or on their way in, tombstones included; a momentary value that misses none whose submitter looks at anything after it.</summary>
    public int Claimed
    {
        get
        {
            int claimed = (int)(_fair?.Count ?? 0) + (_newest?.Count ?? 0);
            foreach (MpmcRing<TaskCell>? ring in _rings)
                claimed += ring?.Count ?? 0;
            return claimed;
        }
    }

    /// <summary>Whether <see cref="Claimed"/> is more than none.</summary>
    public bool IsClaimed
    {
        get
        {
            if (_fair != null)
                return _fair.Count > 0;
            foreach (MpmcRing<TaskCell>? ring in _rings)
            {
                if (ring is { IsClaimed: true })
                    return true;
            }

            return _newest is { Count: > 0 };
        }
    }

    /// <summary>Takes a place.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryReserve()
    {
        while (true)
        {
            long reserved = Volatile.Read(ref _reserved.Value);
            // Workers move the rings' heads for every task. Submitters look at them only when their last look is used up.
            if (reserved - Volatile.Read(ref _releasedSeen.Value) >= _capacity)
            {
                long released = Released;
                Volatile.Write(ref _releasedSeen.Value, released);
                if (reserved - released >= _capacity)
                    return false;
            }

            if (Interlocked.CompareExchange(ref _reserved.Value, reserved + 1, reserved) == reserved)
                return true;
        }
    }

    /// <summary>Whether more places are taken than there are.</summary>
    public bool IsOverfull => Volatile.Read(ref _reserved.Value) - Released > _capacity;

    /// <summary>Takes a place whether there is one or not.</summary>
    public void ReserveAnyway() => Interlocked.Increment(ref _reserved.Value);

    /// <summary>Gives a place back whose task is not in the ring. A full fence.</summary>
    /// <returns>Never that the ring had to be swept; see <see cref="Withdraw"/>.</returns>
    public bool Return()
    {
        Interlocked.Increment(ref _correction);
        return false;
    }

    /// <summary>Passes the place of a task that is not in the ring on to another one.</summary>
    public void PassOn()
    {
        // In this order: between the two it may look taken twice, and never free.
        Interlocked.Increment(ref _reserved.Value);
        Interlocked.Increment(ref _correction);
    }

    /// <summary>Puts a task into its place.</summary>
    /// <param name="cell">The task, in the state that this queue holds.</param>
    public void Enqueue(TaskCell cell)
    {
        if (_isPlain)
            RingFor(cell.Priority).Enqueue(cell);
        else if (_fair != null)
            _fair.Enqueue(cell);
        else if (!_newest!.TryPut(cell))
            RingFor(cell.Priority).Enqueue(cell);
    }

    /// <summary>Takes the next task, moves it to its next state and gives its place back.</summary>
    /// <param name="look">The running number of the worker's look; see <see cref="PriorityOrder"/>.</param>
    /// <param name="clock">The time, for tasks that have waited too long.</param>
    /// <param name="cell">The task.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(uint look, Clock clock, [NotNullWhen(true)] out TaskCell? cell)
    {
        int first = PriorityOrder.First(look);
        if (first != 0 && TryTakeFrom(first, clock, out cell))
            return true;
        for (int c = 0; c < _rings.Length; c++)
        {
            if (TryTakeFrom(c, clock, out cell))
                return true;
        }

        cell = null;
        return false;
    }

    /// <summary>Ends the oldest task of a class, for a newcomer of a higher one.</summary>
    /// <param name="c">The class.</param>
    /// <param name="detail">The victim's outcome.</param>
    /// <returns>Whether there was one; its place is the newcomer's.</returns>
    public bool TryShed(int c, OutcomeDetail detail)
    {
        while (TryDequeueOldest(c, out TaskCell? victim))
        {
            if (victim.TryAdvance(_holds, CellState.Ended))
            {
                // The place that the victim has left goes to the newcomer.
                Interlocked.Increment(ref _reserved.Value);
                victim.End(detail);
                return true;
            }

            Bury(c);
        }

        return false;
    }

    /// <summary>Gives back the place of a task that was ended in the queue; the task stays behind as a tombstone.</summary>
    /// <param name="priority">Its class.</param>
    /// <returns>Whether the ring had to be swept for it: tasks were in hand meanwhile, out of sight of workers and of <see cref="Sweep"/>.</returns>
    public bool Withdraw(TaskPriority priority)
    {
        bool swept = _fair?.Withdraw((int)priority) ?? _tombstones!.Add((int)priority);
        Interlocked.Increment(ref _correction);
        return swept;
    }

    /// <summary>Looks for the oldest task that is timed, among the first of each class.</summary>
    /// <param name="reach">How many places of a ring to look at.</param>
    /// <param name="first">The id of the first task that is there, timed or not; 0 for none.</param>
    /// <returns>When it came through the door, a timestamp; 0 when there is none.</returns>
    public long FindOldest(int reach, out long first)
    {
        OldestTask oldest = new(_holds);
        foreach (MpmcRing<TaskCell>? ring in _rings)
        {
            long end = ring == null ? 0 : Math.Min(ring.Tail, ring.Head + reach);
            for (long p = ring?.Head ?? 0; p < end && !oldest.Notes(ring!.PeekAt(p)); p++)
            {
            }
        }

        _newest?.FindOldest(reach, ref oldest);
        first = oldest.FirstId;
        return oldest.EnteredAt;
    }

    /// <summary>Ends every task in the queue, tombstones included.</summary>
    /// <param name="detail">Their outcome.</param>
    public void EndAll(OutcomeDetail detail)
    {
        for (int c = 0; c < _rings.Length; c++)
        {
            while (TryDequeueOldest(c, out TaskCell? cell))
            {
                if (cell.TryAdvance(_holds, CellState.Ended))
                    cell.End(detail);
                else
                    Bury(c);
            }
        }
    }

    /// <summary>Looks after the time of every task in the queue.</summary>
    /// <param name="core">Their pool.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look; <see cref="long.MaxValue"/> for never.</returns>
    public long Sweep(PoolCore core, long now)
    {
        long next = _fair?.Sweep(core, now) ?? _newest?.Sweep(core, now) ?? long.MaxValue;
        foreach (MpmcRing<TaskCell>? ring in _rings)
        {
            // Up to the tail as it is then, not as it was: what a sweep of tombstones moves to the back is met there.
            for (long p = ring?.Head ?? 0; p < (ring?.Tail ?? 0); p++)
                next = Math.Min(next, ring!.PeekAt(p)?.Sweep(core, now) ?? long.MaxValue);
        }

        return next;
    }

    private bool TryTakeFrom(int c, Clock clock, [NotNullWhen(true)] out TaskCell? cell)
    {
        while (TryDequeue(c, clock, out cell))
        {
            if (cell.DueAt != 0 && _next == CellState.Running)
                cell.MeetDue(clock);
            if (cell.IsGuarded && _next == CellState.Running)
                cell.MeetGate(_newest?.OldestEnteredAt(c) ?? 0);
            if (cell.TryAdvance(_holds, _next))
            {
                // One that has waited for a place holds its tenant's share of the queue as well.
                if (_fair != null && _next == CellState.Running)
                    cell.Extras!.Ticket.LeaveQueue();
                return true;
            }

            Bury(c);
        }

        cell = null;
        return false;
    }

    private bool TryDequeue(int c, Clock clock, [NotNullWhen(true)] out TaskCell? cell)
    {
        if (_isPlain)
            return TryDequeueRing(c, out cell);
        if (_fair != null)
            return _fair.TryDequeue(c, out cell);
        if (!_newest!.IsOn(c))
            return TryDequeueOldest(c, out cell);
        // What came before the overload is old by now: it goes first, or is shed.
        return TryDequeueRing(c, out cell) || CountReleased(_newest.TryTake(c, clock, out cell));
    }

    private bool TryDequeueOldest(int c, [NotNullWhen(true)] out TaskCell? cell)
    {
        if (_isPlain)
            return TryDequeueRing(c, out cell);
        if (_fair != null)
            return _fair.TryDequeue(c, out cell);
        return _newest!.IsOn(c)
            ? TryDequeueRing(c, out cell) || CountReleased(_newest.TryTakeOldest(c, out cell))
            : CountReleased(_newest.TryTakeOldest(c, out cell)) || TryDequeueRing(c, out cell);
    }

    private bool TryDequeueRing(int c, [NotNullWhen(true)] out TaskCell? cell)
    {
        cell = null;
        return Volatile.Read(ref _rings[c]) is { } ring && ring.TryDequeue(out cell);
    }

    // A ring's head counts what is taken out of it.
    private bool CountReleased(bool isTaken)
    {
        if (isTaken)
            Interlocked.Increment(ref _correction);
        return isTaken;
    }

    // What was taken out of its ring so far, and what was ended in it. The place of a tombstone was counted when it was ended; between its
    // removal and this correction it counts twice, so the bound may be passed by as many tasks as threads bury at the same instant.
    private long Released
    {
        get
        {
            long released = Volatile.Read(ref _correction) + (_fair?.Taken ?? 0);
            foreach (MpmcRing<TaskCell>? ring in _rings)
                released += ring?.Head ?? 0;
            return released;
        }
    }

    private void Bury(int c)
    {
        if (_fair == null)
            _tombstones!.Remove(c);
        else
            _fair.OnTombstoneTaken(c);
        Interlocked.Decrement(ref _correction);
    }

    // Every task once round: living ones go to the back in their order, tombstones go. A task that came in meanwhile may get ahead of older
    // ones. Workers may find the ring empty while the last task is in hand, so whoever withdraws looks for an idle worker afterwards.
    private void SweepTombstones(int c)
    {
        _newest?.SweepTombstones(c, _holds, _tombstones!);
        MpmcRing<TaskCell>? ring = Volatile.Read(ref _rings[c]);
        for (int left = ring?.Count ?? 0; left > 0; left--)
        {
            // Before the take, which moves the head as if the task's place were free.
            Interlocked.Decrement(ref _correction);
            if (!ring!.TryDequeue(out TaskCell? cell))
            {
                Interlocked.Increment(ref _correction);
                return;
            }

            if (cell.State == _holds)
                ring.Enqueue(cell);
            else
                _tombstones!.Remove(c);
        }
    }

    // Most pools see one class. The other rings are made when their first task comes.
    private MpmcRing<TaskCell> RingFor(TaskPriority priority)
    {
        ref MpmcRing<TaskCell>? place = ref _rings[(int)priority];
        MpmcRing<TaskCell>? ring = Volatile.Read(ref place);
        if (ring != null)
            return ring;
        MpmcRing<TaskCell> made = new(_capacity + MinimumSlack);
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }
}
