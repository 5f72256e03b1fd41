namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// Counts of durations by bucket, at rest: of one span of time, one worker, one node, or the sum of several. Not for several threads.
/// </summary>
internal sealed class HistogramSnapshot
{
    private readonly uint[]?[] _pages = new uint[]?[LogLinearScale.Pages];

    // How many durations each page has. Of a page that is not in use, neither the total nor the counts mean anything: what is forgotten stays where it is
    // until the page is used again. A thousand pools' pages do not fit into a processor's cache; each one that needs no look is time won.
    private readonly long[] _totals = new long[LogLinearScale.Pages];
    private ulong _usedPages;

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
            foreach (int page in new PageSet(_usedPages))
                sum += SumOf(page);
            return TimeSpan.FromTicks((long)(sum / Count));
        }
    }

    /// <summary>A quantile by nearest rank, off by at most 1 % of itself; zero when empty.</summary>
    /// <param name="q">Which, over 0 to 1.</param>
    public TimeSpan Quantile(double q)
    {
        TimeSpan value = default;
        Quantiles([q], new Span<TimeSpan>(ref value));
        return value;
    }

    /// <summary>Several quantiles in one pass, each as <see cref="Quantile"/>.</summary>
    /// <param name="qs">Which, rising, over 0 to 1.</param>
    /// <param name="values">Where they go; at least as many.</param>
    public void Quantiles(ReadOnlySpan<double> qs, Span<TimeSpan> values)
    {
        values.Clear();
        int next = 0;
        long rank = RankOf(qs[0]);
        long seen = 0;
        foreach (int page in new PageSet(_usedPages))
        {
            if (seen + _totals[page] < rank)
            {
                seen += _totals[page];
                continue;
            }

            uint[] counts = _pages[page]!;
            for (int i = 0; i < counts.Length; i++)
            {
                seen += counts[i];
                for (; seen >= rank; rank = RankOf(qs[next]))
                {
                    values[next] = TimeSpan.FromTicks(LogLinearScale.MiddleOf((page * LogLinearScale.PageSize) + i));
                    if (++next == qs.Length)
                        return;
                }
            }
        }
    }

    /// <summary>How many durations a bucket has.</summary>
    /// <param name="index">The bucket's number.</param>
    public uint CountOf(int index) => (_usedPages >> (index / LogLinearScale.PageSize) & 1) == 0
        ? 0
        : _pages[index / LogLinearScale.PageSize]![index % LogLinearScale.PageSize];

    /// <summary>Adds durations of one bucket.</summary>
    /// <param name="index">The bucket's number.</param>
    /// <param name="count">How many.</param>
    public void Add(int index, uint count)
    {
        int page = index / LogLinearScale.PageSize;
        uint[] own = PageOf(page);
        own[index % LogLinearScale.PageSize] += count;
        _totals[page] += count;
        Count += count;
    }

    /// <summary>Adds counts of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="counts">The counts.</param>
    public void Add(int page, ReadOnlySpan<uint> counts)
    {
        uint[] own = PageOf(page);
        PageMath.Add(own, counts, own);
        uint total = PageMath.Sum(counts);
        _totals[page] += total;
        Count += total;
    }

    /// <summary>Takes what the counts of a page have risen by since they were seen. Only once for a page that has nothing yet.</summary>
    /// <param name="page">The page.</param>
    /// <param name="counts">Its counts now.</param>
    /// <param name="seen">Its counts as they were seen; these are, afterwards.</param>
    public void TakeRise(int page, ReadOnlySpan<uint> counts, Span<uint> seen)
    {
        uint rise = PageMath.TakeRise(counts, seen, _pages[page] ??= new uint[LogLinearScale.PageSize]);
        if (rise == 0)
            return;
        _usedPages |= 1UL << page;
        _totals[page] = rise;
        Count += rise;
    }

    /// <summary>Adds all of another one.</summary>
    /// <param name="other">The other.</param>
    public void Add(HistogramSnapshot other)
    {
        foreach (int page in new PageSet(other._usedPages))
        {
            uint[] own = PageOf(page);
            PageMath.Add(own, other._pages[page], own);
            _totals[page] += other._totals[page];
        }

        Count += other.Count;
    }

    /// <summary>Forgets all. Keeps its pages for the next use.</summary>
    public void Clear()
    {
        _usedPages = 0;
        Count = 0;
    }

    private long RankOf(double q) => Math.Max(1, (long)Math.Ceiling(q * Count));

    // All buckets of a page are equally wide: the sum of the numbers first, exact, and the width but once.
    private double SumOf(int page)
    {
        uint[] counts = _pages[page]!;
        long sum = 0;
        for (int i = 0; i < counts.Length; i++)
            sum += (long)counts[i] * i;
        long first = LogLinearScale.MiddleOf(page * LogLinearScale.PageSize);
        long width = LogLinearScale.MiddleOf((page * LogLinearScale.PageSize) + 1) - first;
        return ((double)_totals[page] * first) + ((double)sum * width);
    }

    // Empty if it was not in use.
    private uint[] PageOf(int page)
    {
        ref uint[]? own = ref _pages[page];
        if ((_usedPages >> page & 1) != 0)
            return own!;
        _usedPages |= 1UL << page;
        _totals[page] = 0;
        if (own != null)
            Array.Clear(own);
        return own ??= new uint[LogLinearScale.PageSize];
    }
}
