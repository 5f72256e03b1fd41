namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>How fast a count that only rises does so, over the newest spans of monotonic time. Not for several threads.</summary>
internal sealed class RateWindow
{
    private readonly long[] _counts;
    private readonly long[] _times;
    private readonly double _frequency;
    private int _newest;
    private int _filled;

    /// <summary>Makes a window.</summary>
    /// <param name="spans">How many spans to keep, 1 to 1024.</param>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public RateWindow(int spans, long timestampFrequency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spans, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spans, 1024);
        _counts = new long[spans + 1];
        _times = new long[spans + 1];
        _frequency = timestampFrequency;
        _newest = -1;
    }

    /// <summary>How much the count rose in the newest span.</summary>
    public long Added => _filled < 2 ? 0 : _counts[_newest] - _counts[Back(1)];

    /// <summary>Ends a span.</summary>
    /// <param name="timestamp">The time; not before that of the last call.</param>
    /// <param name="count">The count.</param>
    public void Advance(long timestamp, long count)
    {
        _newest = (_newest + 1) % _counts.Length;
        _counts[_newest] = count;
        _times[_newest] = timestamp;
        _filled = Math.Min(_filled + 1, _counts.Length);
    }

    /// <summary>The rate over the newest spans, a second; zero before the first span has ended.</summary>
    /// <param name="spans">How many spans, as far as there are.</param>
    public double PerSecond(int spans = 1)
    {
        spans = Math.Min(spans, _filled - 1);
        if (spans < 1)
            return 0;
        int from = Back(spans);
        long elapsed = _times[_newest] - _times[from];
        return elapsed <= 0 ? 0 : (_counts[_newest] - _counts[from]) * _frequency / elapsed;
    }

    private int Back(int spans) => (_newest - spans + _counts.Length) % _counts.Length;
}
