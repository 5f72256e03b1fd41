namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>The mean of the newest values that together cover a span of time. Never changed, only replaced.</summary>
internal sealed class MeanWindow
{
    // Ticks shorter than a tenth of the span would make the list long.
    private const int MaxValues = 10;

    private readonly TimeSpan _span;
    private readonly (double Value, double Seconds)[] _values;

    /// <summary>Makes a window that has seen nothing.</summary>
    /// <param name="span">How far back it looks.</param>
    public MeanWindow(TimeSpan span)
        : this(span, [])
    {
    }

    private MeanWindow(TimeSpan span, (double Value, double Seconds)[] values)
    {
        _span = span;
        _values = values;
        double seconds = 0;
        foreach ((double value, double length) in values)
        {
            Mean += value * length;
            seconds += length;
        }

        Mean = seconds > 0 ? Mean / seconds : 0;
    }

    /// <summary>The mean, each value weighed by its length; 0 when there is none.</summary>
    public double Mean { get; }

    /// <summary>The window with one value more.</summary>
    /// <param name="value">The value.</param>
    /// <param name="length">The time that it stands for; over zero.</param>
    public MeanWindow With(double value, TimeSpan length)
    {
        double seconds = length.TotalSeconds;
        int kept = 0;
        while (kept < Math.Min(_values.Length, MaxValues - 1) && seconds < _span.TotalSeconds - 1e-9)
            seconds += _values[kept++].Seconds;
        return new MeanWindow(_span, [(value, length.TotalSeconds), .. _values.AsSpan(0, kept)]);
    }
}
