namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>
/// The greatest value of the last span of time, to a tenth of the span: a value counts for one span and up to a tenth more. Never changed, only
/// replaced.
/// </summary>
internal sealed class PeakWindow
{
    private const int Parts = 10;

    private readonly TimeSpan _part;
    private readonly double[] _peaks;
    private readonly long _newest;

    /// <summary>Makes a window that has seen nothing.</summary>
    /// <param name="span">How far back it looks; over zero.</param>
    public PeakWindow(TimeSpan span)
        : this(span / Parts, Enumerable.Repeat(double.NegativeInfinity, Parts + 1).ToArray(), 0)
    {
    }

    private PeakWindow(TimeSpan part, double[] peaks, long newest)
    {
        _part = part;
        _peaks = peaks;
        _newest = newest;
        Peak = double.NegativeInfinity;
        foreach (double peak in peaks)
            Peak = Math.Max(Peak, peak);
    }

    /// <summary>The greatest value at the time of the last one; negative infinity when there is none.</summary>
    public double Peak { get; }

    /// <summary>The window with one value more.</summary>
    /// <param name="value">The value.</param>
    /// <param name="now">The time; not before that of the last value.</param>
    public PeakWindow With(double value, TimeSpan now)
    {
        long part = Math.Max(_newest, now.Ticks / _part.Ticks);
        if (part == _newest && value <= _peaks[part % _peaks.Length])
            return this;
        double[] peaks = (double[])_peaks.Clone();
        for (long passed = Math.Max(_newest + 1, part - Parts); passed <= part; passed++)
            peaks[passed % peaks.Length] = double.NegativeInfinity;
        ref double place = ref peaks[part % peaks.Length];
        place = Math.Max(place, value);
        return new PeakWindow(_part, peaks, part);
    }
}
