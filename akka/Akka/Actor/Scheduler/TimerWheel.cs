namespace Akka.Actor.Scheduler;

/// <summary>
/// Work sorted by the tick it is due in, modulo the wheel's size (Varghese and Lauck, 1987): adding costs the same
/// however much waits. One thread owns it. Work is due at the end of its tick: never early, at most a tick late.
/// </summary>
internal sealed class TimerWheel
{
    private readonly Slot[] _slots;
    private readonly int _mask;
    private readonly long _tickLength;
    private long _tick;

    internal TimerWheel(int ticksPerWheel, long tickLength)
    {
        _slots = new Slot[ticksPerWheel];
        _mask = ticksPerWheel - 1;
        _tickLength = tickLength;
    }

    internal int Count { get; private set; }

    /// <summary>When the next tick that has work is over; it may be work of a later round. There is some.</summary>
    internal long NextTickEnd => (NextTick() + 1) * _tickLength;

    /// <summary>When the tick of a deadline is over. For any thread.</summary>
    internal long TickEndOf(long deadline) => ScheduledWork.SaturatedAdd(deadline, _tickLength - (deadline % _tickLength));

    internal void Add(ScheduledWork work)
    {
        var tick = Math.Max(work.Deadline / _tickLength, _tick);
        work.RoundsLeft = (tick - _tick) / _slots.Length;
        _slots[(int)(tick & _mask)].Append(work);
        Count++;
    }

    /// <summary>Ends the next tick that has work and returns what is due, linked in the order it was added.</summary>
    internal ScheduledWork? Advance()
    {
        var tick = NextTick();
        ref var slot = ref _slots[(int)(tick & _mask)];
        _tick = tick + 1;
        var work = slot.Head;
        slot = default;
        var due = default(Slot);
        while (work is not null)
        {
            var next = work.Next;
            work.Next = null;
            if (!work.IsCanceled && work.RoundsLeft-- > 0)
            {
                slot.Append(work);
            }
            else
            {
                Count--;
                due.Append(work);
            }
            work = next;
        }
        return due.Head;
    }

    /// <summary>Goes to the given time without a look at the slots between: nothing waits in them.</summary>
    internal void JumpTo(long now)
    {
        System.Diagnostics.Debug.Assert(Count == 0, "A jump would lose work.");
        _tick = Math.Max(_tick, now / _tickLength);
    }

    private long NextTick()
    {
        System.Diagnostics.Debug.Assert(Count > 0, "There is no such tick.");
        var tick = _tick;
        while (_slots[(int)(tick & _mask)].Head is null) tick++;
        return tick;
    }

    private struct Slot
    {
        internal ScheduledWork? Head;
        private ScheduledWork? _tail;

        internal void Append(ScheduledWork work)
        {
            if (Head is null) Head = work;
            else _tail!.Next = work;
            _tail = work;
        }
    }
}
