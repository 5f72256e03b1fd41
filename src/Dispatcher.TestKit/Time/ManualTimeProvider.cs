namespace Dispatcher.TestKit;

/// <summary>
/// Time that stands still until <see cref="Advance"/>. An advance goes from due timer to due timer: each runs at its own instant, in the order of the
/// due instants, on the thread that advances; timers that these start run in the same advance if they are due by then.
/// </summary>
/// <remarks>
/// A timer that is due at once does not wait for an advance: it runs on the thread pool, as the system's would. May be read and asked for timers from
/// any thread; may be advanced from one thread at a time.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    // A timestamp of 0 is taken for "never" by too many.
    private const long FirstTimestamp = TimeSpan.TicksPerSecond;
    private const int Nobody = 0;

    /// <summary>Midnight of 1 January 2025, UTC.</summary>
    public static readonly DateTimeOffset DefaultStart = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<(long DueAt, long Order), ManualTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private long _now = FirstTimestamp;
    private long _order;
    private int _advancer;

    /// <summary>Makes a clock that stands at <see cref="DefaultStart"/>.</summary>
    public ManualTimeProvider()
        : this(DefaultStart)
    {
    }

    /// <summary>Makes a clock that stands at a given time.</summary>
    /// <param name="start">The time.</param>
    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>10,000,000: a timestamp is a tick of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>UTC.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How far the time was advanced so far.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _now) - FirstTimestamp);

    /// <summary>How many timers wait.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    /// <summary>How long it is until the next timer is due; null where none waits.</summary>
    public TimeSpan? NextTimer
    {
        get
        {
            lock (_gate)
            {
                foreach ((long dueAt, _) in _timers.Keys)
                    return TimeSpan.FromTicks(Math.Max(0, dueAt - _now));
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time, and runs what becomes due on the way.</summary>
    /// <param name="by">How far; zero runs nothing and moves nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time cannot go back.</exception>
    /// <exception cref="InvalidOperationException">Another thread is advancing it.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        int self = Environment.CurrentManagedThreadId;
        int before = Interlocked.CompareExchange(ref _advancer, self, Nobody);
        if (before != Nobody && before != self)
            throw new InvalidOperationException($"Thread {before} is advancing this time. One thread at a time may.");
        try
        {
            long target = Volatile.Read(ref _now) + by.Ticks;
            while (TakeDue(target) is { } timer)
                timer.Run();
            MoveTo(target);
        }
        finally
        {
            // A timer that advances the time itself is inside of the advance that runs it.
            Volatile.Write(ref _advancer, before);
        }
    }

    /// <summary>Moves the time to the next timer, and runs those that are due then.</summary>
    /// <returns>Whether there was one.</returns>
    public bool AdvanceToNextTimer()
    {
        if (NextTimer is not { } next)
            return false;
        Advance(next);
        return true;
    }

    /// <summary>Sets a timer anew.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="wait">How long it waits; null to stop it.</param>
    /// <param name="period">How often it runs after that; null for once.</param>
    internal void Set(ManualTimer timer, TimeSpan? wait, TimeSpan? period)
    {
        lock (_gate)
        {
            if (timer.Place is { } place)
                _timers.Remove(place);
            timer.Period = period;
            timer.Place = null;
            if (wait > TimeSpan.Zero)
                Put(timer, _now + wait.Value.Ticks);
            else if (wait != null && period != null)
                Put(timer, _now + period.Value.Ticks);
        }

        if (wait <= TimeSpan.Zero)
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Run(), timer, preferLocal: false);
    }

    private void Put(ManualTimer timer, long dueAt)
    {
        timer.Place = (dueAt, ++_order);
        _timers.Add(timer.Place.Value, timer);
    }

    private ManualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            foreach (((long DueAt, long Order) place, ManualTimer timer) in _timers)
            {
                if (place.DueAt > target)
                    return null;
                _timers.Remove(place);
                timer.Place = null;
                _now = Math.Max(_now, place.DueAt);
                if (timer.Period is { } period)
                    Put(timer, place.DueAt + period.Ticks);
                return timer;
            }

            return null;
        }
    }

    private void MoveTo(long target)
    {
        lock (_gate)
            _now = Math.Max(_now, target);
    }
}
