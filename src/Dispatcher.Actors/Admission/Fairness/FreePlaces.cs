using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// The free places of an array, for many threads, without a lock: a small stock a processor, and an <see cref="IndexRing"/> behind, from and to
/// which half a stock goes at a time. So a task costs no line of the cache that other processors write, unless one side takes all and the other gives
/// all back. Counts too what has come and what has left, by processor.
/// </summary>
/// <remarks>
/// A stock is for one thread at a time; whoever finds it in use, because its owner lost its processor just there, goes to the ring instead.
/// There are so many more numbers than places in use that all stocks may be full and the ring still has one.
/// </remarks>
internal sealed class FreePlaces
{
    private const int StockSize = 32;
    private const int Batch = StockSize / 2;
    private const int MaxStocks = 8;

    private readonly Stock[] _stocks;
    private readonly int _mask;
    private readonly IndexRing _ring;

    /// <summary>Makes a set of numbers from 0 on.</summary>
    /// <param name="inUse">How many are in use at a time, at most.</param>
    public FreePlaces(int inUse)
    {
        int stocks = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, MaxStocks));
        _stocks = new Stock[stocks];
        _mask = stocks - 1;
        Numbers = inUse + (stocks * StockSize);
        _ring = new IndexRing(Numbers);
    }

    /// <summary>How many numbers there are.</summary>
    public int Numbers { get; }

    /// <summary>How often a number was given back.</summary>
    public long Returned
    {
        get
        {
            long returned = 0;
            foreach (ref Stock stock in _stocks.AsSpan())
                returned += Volatile.Read(ref stock.Returned) + Volatile.Read(ref stock.ReturnedBeside);
            return returned;
        }
    }

    /// <summary>How many numbers are taken; a momentary value that misses none that was taken before.</summary>
    public long InUse
    {
        get
        {
            // What has left is read first: one that leaves meanwhile counts too often rather than not at all.
            long inUse = -Returned;
            foreach (ref Stock stock in _stocks.AsSpan())
                inUse += Volatile.Read(ref stock.Taken) + Volatile.Read(ref stock.TakenBeside);
            return inUse;
        }
    }

    /// <summary>How many of those have been filled; as momentary as <see cref="InUse"/>.</summary>
    public long Filled
    {
        get
        {
            long filled = -Returned;
            foreach (ref Stock stock in _stocks.AsSpan())
                filled += Volatile.Read(ref stock.Filled);
            return filled;
        }
    }

    private ref Stock Mine => ref _stocks[Thread.GetCurrentProcessorId() & _mask];

    /// <summary>Takes a number. The caller knows that there is one. What it does by a full fence after this, others see only with the number in use.</summary>
    public int Take()
    {
        ref Stock mine = ref Mine;
        if (!mine.TryEnter())
        {
            Interlocked.Increment(ref mine.TakenBeside);
            return _ring.Take();
        }

        Volatile.Write(ref mine.Taken, mine.Taken + 1);
        if (mine.Count == 0)
        {
            _ring.Take(mine.Numbers[..Batch]);
            mine.Count = Batch;
        }

        int number = mine.Numbers[--mine.Count];
        mine.Leave();
        return number;
    }

    /// <summary>The place of a number is filled. A full fence.</summary>
    public void OnFilled() => Interlocked.Increment(ref Mine.Filled);

    /// <summary>Gives a number back.</summary>
    /// <param name="number">The number.</param>
    public void Put(int number)
    {
        // Counted last: a number is in use until it is there for others.
        ref Stock mine = ref Mine;
        if (!mine.TryEnter())
        {
            _ring.Put(number);
            Interlocked.Increment(ref mine.ReturnedBeside);
            return;
        }

        if (mine.Count == StockSize)
        {
            // The older half: what was used last is in this processor's cache.
            _ring.Put(mine.Numbers[..Batch]);
            mine.Numbers[Batch..].CopyTo(mine.Numbers);
            mine.Count = Batch;
        }

        mine.Numbers[mine.Count++] = number;
        Volatile.Write(ref mine.Returned, mine.Returned + 1);
        mine.Leave();
    }

    // The counts first, then the newest numbers; half of it is distance to the next one: the processor fetches lines in pairs.
    [StructLayout(LayoutKind.Sequential, Size = 320)]
    private struct Stock
    {
        public long Taken;
        public long Returned;
        public long Filled;
        public int Count;
        public long TakenBeside;
        public long ReturnedBeside;
        private int _isInUse;
        private Row _row;

        [UnscopedRef]
        public Span<int> Numbers => _row;

        public bool TryEnter() => Interlocked.Exchange(ref _isInUse, 1) == 0;

        public void Leave() => Volatile.Write(ref _isInUse, 0);
    }

    [InlineArray(StockSize)]
    private struct Row
    {
        private int _first;
    }
}
