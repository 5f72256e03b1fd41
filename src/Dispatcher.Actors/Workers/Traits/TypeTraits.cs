using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers.Traits;

/// <summary>What was measured of the runs of one type of task, whatever class they ran on. A sample: a hundred runs a second at most. Any thread.</summary>
internal sealed class TypeTraits
{
    private const int MaxPerSecond = 100;

    private readonly Clock _clock;
    private readonly IThreadUse? _threads;
    private readonly long _every;
    private long _lastAt;
    private long _runs;
    private long _wall;
    private long _busy;

    /// <summary>Makes one without runs.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="threads">What threads use; null where nobody knows.</param>
    public TypeTraits(Clock clock, IThreadUse? threads)
    {
        _clock = clock;
        _threads = threads;
        _every = clock.Provider.TimestampFrequency / MaxPerSecond;
        _lastAt = clock.Now - _every;
    }

    /// <summary>Begins to measure a run, unless another one was a moment ago.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>What measures it; null for nothing.</returns>
    public TurnMeter? TryBegin(long now)
    {
        long last = Volatile.Read(ref _lastAt);
        return now - last >= _every && Interlocked.CompareExchange(ref _lastAt, now, last) == last ? new TurnMeter(_clock, _threads) : null;
    }

    /// <summary>A run has ended.</summary>
    /// <param name="wall">How long it was, in timestamp units.</param>
    /// <param name="busy">How long it was busy, in timestamp units.</param>
    public void Record(long wall, long busy)
    {
        Interlocked.Add(ref _wall, wall);
        Interlocked.Add(ref _busy, Math.Min(wall, busy));
        Interlocked.Increment(ref _runs);
    }

    /// <summary>Takes what was measured since the last call. One that ends at this moment may be in this and the next one by halves.</summary>
    public TraitCounts Take() => new(
        Interlocked.Exchange(ref _runs, 0), _clock.Between(0, Interlocked.Exchange(ref _wall, 0)), _clock.Between(0, Interlocked.Exchange(ref _busy, 0)));
}
