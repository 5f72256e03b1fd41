namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// Counts of durations by bucket, at rest: of one span of time, one worker, one node, or the sum of several. Not for several threads.
/// </summary>
internal sealed class HistogramSnapshot
{
    private readonly uint[]?[] _pages = new uint[]?[LogLinearScale.Pages];

    // How many durations each page has: those without any are passed over.
    private readonly long[] _totals = new long[LogLinearScale.Pages];

    /// <summary>How many durations.</summary>
    public long Count { get; private set; }

    /// <summary>The mean, of the buckets' middles; zero when empty.</summary>
    public TimeSpan Mean
    {
        get
        {
            if (Count == 0)
                return TimeSpan.Zero;
            double sum = 0;
            for (int page = 0; page < _pages.Length; page++)
                sum += SumOf(page);
            return TimeSpan.FromTicks((long)(sum / Count));
        }
    }

    /// <summary>A quantile by nearest rank, off by at most 1 % of itself; zero when empty.</summary>
    /// <param name="q">Which, over 0 to 1.</param>
    public TimeSpan Quantile(double q)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(q * Count));
        long seen = 0;
        for (int page = 0; page < _pages.Length; page++)
        {
            if (seen + _totals[page] < rank || _pages[page] is not { } counts)
            {
                seen += _totals[page];
                continue;
            }

            for (int i = 0; i < counts.Length; i++)
            {
                seen += counts[i];
                if (seen >= rank)
                    return TimeSpan.FromTicks(LogLinearScale.MiddleOf((page * LogLinearScale.PageSize) + i));
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>How many durations a bucket has.</summary>
    /// <param name="index">The bucket's number.</param>
    public uint CountOf(int index) => _pages[index / LogLinearScale.PageSize]?[index % LogLinearScale.PageSize] ?? 0;

    /// <summary>Adds durations of one bucket.</summary>
    /// <param name="index">The bucket's number.</param>
    /// <param name="count">How many.</param>
    public void Add(int index, uint count)
    {
        int page = index / LogLinearScale.PageSize;
        PageOf(page)[index % LogLinearScale.PageSize] += count;
        _totals[page] += count;
        Count += count;
    }

    /// <summary>Adds what the counts of a page have risen by.</summary>
    /// <param name="page">The page.</param>
    /// <param name="counts">Its counts now.</param>
    /// <param name="before">Its counts before.</param>
    public void AddRise(int page, ReadOnlySpan<uint> counts, ReadOnlySpan<uint> before)
    {
        uint rise = PageMath.AddRise(counts, before, PageOf(page));
        _totals[page] += rise;
        Count += rise;
    }

    /// <summary>Adds all of another one.</summary>
    /// <param name="other">The other.</param>
    public void Add(HistogramSnapshot other)
    {
        for (int page = 0; page < _pages.Length; page++)
        {
            if (other._totals[page] == 0)
                continue;
            uint[] counts = other._pages[page]!;
            uint[] own = PageOf(page);
            _totals[page] += other._totals[page];
            PageMath.Add(counts, own);
        }

        Count += other.Count;
    }

    /// <summary>Forgets all. Keeps its pages for the next use.</summary>
    public void Clear()
    {
        for (int page = 0; page < _pages.Length; page++)
        {
            if (_totals[page] != 0)
                Array.Clear(_pages[page]!);
        }

        Array.Clear(_totals);
        Count = 0;
    }

    private double SumOf(int page)
    {
        if (_totals[page] == 0)
            return 0;
        uint[] counts = _pages[page]!;
        double sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0)
                sum += counts[i] * (double)LogLinearScale.MiddleOf((page * LogLinearScale.PageSize) + i);
        }

        return sum;
    }

    private uint[] PageOf(int page) => _pages[page] ??= new uint[LogLinearScale.PageSize];
}
