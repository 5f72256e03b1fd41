namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>
/// Time that stands still until it is told. Whoever reads it may lose its processor before it uses what it has read. A timer rings some time after it is due: when the
/// seed wants it, and in any order.
/// </summary>
internal sealed class SimulatedTime(Interrupts interrupts, Random random) : TimeProvider
{
    private static readonly DateTimeOffset s_start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly List<SimulatedTimer> _timers = [];
    private long _ticks = TimeSpan.TicksPerSecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        long read = _ticks;
        interrupts.AtClock();
        return read;
    }

    public override DateTimeOffset GetUtcNow() => s_start.AddTicks(_ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SimulationException.Unless(period == Timeout.InfiniteTimeSpan, () => "Nothing in a core rings again and again.");
        SimulatedTimer timer = new(this, _ticks + dueTime.Ticks, callback, state);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan by) => _ticks += by.Ticks;

    /// <summary>A timer that is due rings.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RingOne()
    {
        SimulatedTimer[] due = [.. _timers.Where(timer => timer.DueAt <= _ticks)];
        if (due.Length == 0)
            return false;
        SimulatedTimer ringing = due[random.Next(due.Length)];
        _timers.Remove(ringing);
        ringing.Ring();
        return true;
    }

    /// <summary>Whether a timer has yet to ring.</summary>
    public bool HasTimers => _timers.Count > 0;

    private sealed class SimulatedTimer(SimulatedTime time, long dueAt, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public long DueAt => dueAt;

        public void Ring() => ExecutionContext.Run(_context!, state => callback(state), state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
