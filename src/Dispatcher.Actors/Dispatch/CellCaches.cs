using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// Used cells, kept for the next tasks. Each thread has a small stock a type; whole stocks go between threads through a bounded ring, so
/// that one thread may rent and another return at full rate with one shared operation for every 32 cells.
/// </summary>
internal static class CellCaches
{
    private const int StockSize = 32;
    private const int SharedStocks = 128;

    private static readonly Lock s_growth = new();
    private static Shared[] s_shared = [];

    [ThreadStatic]
    private static Stock?[]? t_stocks;

    /// <summary>Gives a type of cell its number.</summary>
    /// <returns>The number, for the life of the process.</returns>
    public static int Register()
    {
        lock (s_growth)
        {
            Shared[] grown = [.. s_shared, new Shared()];
            Volatile.Write(ref s_shared, grown);
            return grown.Length - 1;
        }
    }

    /// <summary>Takes a used cell.</summary>
    /// <param name="type">The number of its type.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>Whether there was one.</returns>
    public static bool TryRent(int type, [NotNullWhen(true)] out TaskCell? cell)
    {
        Stock stock = StockOf(type);
        if (stock.Count == 0 && !TryRefill(type, ref stock))
        {
            cell = null;
            return false;
        }

        // Left in the stock as well: the cell lives on anyway, and the next return writes over it.
        cell = stock.Cells[--stock.Count].Cell!;
        return true;
    }

    /// <summary>Gives a cell back. Beyond a bound it goes to the garbage collector.</summary>
    /// <param name="type">The number of its type.</param>
    /// <param name="cell">The cell.</param>
    public static void Return(int type, TaskCell cell)
    {
        Stock stock = StockOf(type);
        if (stock.Count == StockSize)
            stock = Unload(type, stock);
        stock.Cells[stock.Count++].Cell = cell;
    }

    private static Stock StockOf(int type)
    {
        Stock?[]? stocks = t_stocks;
        return stocks != null && (uint)type < (uint)stocks.Length && stocks[type] is { } stock ? stock : NewStock(type);
    }

    private static Stock NewStock(int type)
    {
        Stock?[] stocks = t_stocks ?? [];
        if (type >= stocks.Length)
            Array.Resize(ref stocks, Volatile.Read(ref s_shared).Length);
        t_stocks = stocks;
        return stocks[type] = new Stock();
    }

    private static bool TryRefill(int type, ref Stock stock)
    {
        Shared shared = Volatile.Read(ref s_shared)[type];
        if (!shared.Full.TryDequeue(out Stock? full))
            return false;
        shared.Empty.TryEnqueue(stock);
        t_stocks![type] = stock = full;
        return true;
    }

    private static Stock Unload(int type, Stock full)
    {
        Shared shared = Volatile.Read(ref s_shared)[type];
        if (!shared.Full.TryEnqueue(full))
        {
            Array.Clear(full.Cells);
            full.Count = 0;
            return full;
        }

        return t_stocks![type] = shared.Empty.TryDequeue(out Stock? empty) ? empty : new Stock();
    }

    private sealed class Stock
    {
        public readonly Place[] Cells = new Place[StockSize];
        public int Count;
    }

    // A struct: a store into an array of references would check the array's type each time.
    private struct Place
    {
        public TaskCell? Cell;
    }

    private sealed class Shared
    {
        public readonly MpmcRing<Stock> Full = new(SharedStocks);
        public readonly MpmcRing<Stock> Empty = new(SharedStocks);
    }
}
