namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// Counts durations by bucket, from any thread, without a lock. Each processor has a shard of its own, made when it first records; inside a shard
/// only the pages in use exist. Counts only rise, modulo 2^32: readers take differences (<see cref="HistogramWindow"/>).
/// </summary>
internal sealed class DurationHistogram
{
    // Beyond this many shards a reader's work grows faster than the writers' gain.
    private const int MaxShards = 16;

    // Counters before the first and behind the last of a page, 64 bytes each: two pages never share a cache line.
    private const int Pad = 64 / sizeof(uint);

    private readonly uint[]?[]?[] _shards;
    private readonly int _mask;
    private readonly double _unitsPerTick;
    private ulong _usedPages;

    /// <summary>Makes an empty histogram.</summary>
    /// <param name="timestampFrequency">Timestamps a second, for <see cref="RecordElapsed"/>.</param>
    public DurationHistogram(long timestampFrequency)
    {
        int shards = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MaxShards));
        _shards = new uint[]?[]?[shards];
        _mask = shards - 1;
        _unitsPerTick = (double)TimeSpan.TicksPerSecond / timestampFrequency;
    }

    /// <summary>The pages that any shard has, a bit each.</summary>
    public ulong UsedPages => Volatile.Read(ref _usedPages);

    /// <summary>Counts a duration.</summary>
    /// <param name="elapsed">The difference of two timestamps.</param>
    /// <param name="weight">How many it stands for, where only a sample is measured.</param>
    public void RecordElapsed(long elapsed, uint weight = 1) => Record((long)(elapsed * _unitsPerTick), weight);

    /// <summary>Counts a duration.</summary>
    /// <param name="units">The duration in units of 0.1 us, the ticks of a <see cref="TimeSpan"/>.</param>
    /// <param name="weight">How many it stands for, where only a sample is measured.</param>
    public void Record(long units, uint weight = 1)
    {
        int index = LogLinearScale.IndexOf(units);
        int shard = Thread.GetCurrentProcessorId() & _mask;
        uint[] page = _shards[shard]?[index / LogLinearScale.PageSize] ?? MakePage(shard, index / LogLinearScale.PageSize);
        // The thread may move to another processor between the look and the increment, so two may write one counter.
        Interlocked.Add(ref page[Pad + (index % LogLinearScale.PageSize)], weight);
    }

    /// <summary>The counts of one page, of all shards together, modulo 2^32.</summary>
    /// <param name="page">The page's number.</param>
    /// <param name="scratch">Where several shards are added up.</param>
    /// <returns>The counts, which may still rise where one shard has them all; empty if the page is not in use.</returns>
    public ReadOnlySpan<uint> CountsOf(int page, Span<uint> scratch)
    {
        ReadOnlySpan<uint> sums = default;
        for (int i = 0; i < _shards.Length; i++)
        {
            if (Volatile.Read(ref _shards[i]) is not { } pages || Volatile.Read(ref pages[page]) is not { } counts)
                continue;
            ReadOnlySpan<uint> own = counts.AsSpan(Pad, LogLinearScale.PageSize);
            if (sums.IsEmpty)
            {
                sums = own;
                continue;
            }

            PageMath.Add(sums, own, scratch);
            sums = scratch;
        }

        return sums;
    }

    /// <summary>Adds all that was counted so far.</summary>
    /// <param name="sum">Where it goes.</param>
    public void AddTo(HistogramSnapshot sum)
    {
        Span<uint> scratch = stackalloc uint[LogLinearScale.PageSize];
        foreach (int page in new PageSet(UsedPages))
        {
            // A copy: what is added and what is summed up must be the same counts.
            ReadOnlySpan<uint> counts = CountsOf(page, scratch);
            if (counts.IsEmpty)
                continue;
            counts.CopyTo(scratch);
            sum.Add(page, scratch);
        }
    }

    // Two threads may both make it; one wins, and the other uses the winner's, so that no count is lost.
    private uint[] MakePage(int shard, int page)
    {
        // Before the page: whoever finds a page to count on has it among the used ones. A reader may find the bit alone.
        Interlocked.Or(ref _usedPages, 1UL << page);
        ref uint[]?[]? pages = ref _shards[shard];
        if (Volatile.Read(ref pages) == null)
            Interlocked.CompareExchange(ref pages, new uint[]?[LogLinearScale.Pages], null);
        ref uint[]? place = ref pages![page];
        return Interlocked.CompareExchange(ref place, new uint[Pad + LogLinearScale.PageSize + Pad], null) ?? place;
    }
}
