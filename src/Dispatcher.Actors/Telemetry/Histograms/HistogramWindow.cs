namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// The newest spans of a histogram, one slot a span: what was recorded between one <see cref="Advance"/> and the next. Each reader of a histogram
/// has a window of its own. Not for several threads.
/// </summary>
internal sealed class HistogramWindow
{
    private readonly DurationHistogram _source;
    private readonly HistogramSnapshot[] _slots;
    private readonly uint[]?[] _seen = new uint[]?[LogLinearScale.Pages];
    private int _newest;

    /// <summary>Makes a window. What was recorded before counts as seen.</summary>
    /// <param name="source">The histogram.</param>
    /// <param name="slots">How many spans to keep, 1 to 1024.</param>
    public HistogramWindow(DurationHistogram source, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, 1024);
        _source = source;
        _slots = new HistogramSnapshot[slots];
        for (int i = 0; i < slots; i++)
            _slots[i] = new HistogramSnapshot();
        Advance();
        _slots[_newest].Clear();
    }

    /// <summary>The newest span.</summary>
    public HistogramSnapshot Newest => _slots[_newest];

    /// <summary>Ends a span: it becomes the newest one, and the oldest is forgotten.</summary>
    public void Advance()
    {
        _newest = (_newest + 1) % _slots.Length;
        HistogramSnapshot slot = _slots[_newest];
        slot.Clear();
        Span<uint> scratch = stackalloc uint[LogLinearScale.PageSize];
        foreach (int page in new PageSet(_source.UsedPages))
        {
            // Modulo 2^32, so that a counter that has wrapped still gives the right difference.
            ReadOnlySpan<uint> counts = _source.CountsOf(page, scratch);
            if (!counts.IsEmpty)
                slot.TakeRise(page, counts, _seen[page] ??= new uint[LogLinearScale.PageSize]);
        }
    }

    /// <summary>Ends a span in which nothing was recorded, without a look at the histogram.</summary>
    public void AdvanceIdle()
    {
        _newest = (_newest + 1) % _slots.Length;
        _slots[_newest].Clear();
    }

    /// <summary>The durations of the newest spans, of as many as hold a wanted number.</summary>
    /// <param name="atLeast">How many durations are enough.</param>
    /// <param name="scratch">Where several spans are added up.</param>
    /// <returns>The newest span where that is enough; else the sum. Valid until the window advances or the sum is used for something else.</returns>
    public HistogramSnapshot NewestOf(long atLeast, HistogramSnapshot scratch)
    {
        if (Newest.Count >= atLeast)
            return Newest;
        SumNewest(atLeast, scratch);
        return scratch;
    }

    /// <summary>Adds up the newest spans, as many as hold a wanted number of durations.</summary>
    /// <param name="atLeast">How many durations are enough.</param>
    /// <param name="sum">Where they go; cleared first.</param>
    public void SumNewest(long atLeast, HistogramSnapshot sum)
    {
        sum.Clear();
        for (int i = 0; i < _slots.Length && (i == 0 || sum.Count < atLeast); i++)
            sum.Add(_slots[(_newest - i + _slots.Length) % _slots.Length]);
    }
}
