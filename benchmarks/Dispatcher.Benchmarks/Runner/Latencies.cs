using System.Diagnostics;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>One latency an operation, in nanoseconds. Each caller writes into a block of its own, so that callers share nothing.</summary>
internal sealed class Latencies(int operations)
{
    private readonly uint[] _nanos = new uint[operations];

    /// <summary>The block of caller <paramref name="index"/> of <paramref name="callers"/>; the blocks differ in length by one at most.</summary>
    public Memory<uint> Of(int index, int callers)
    {
        var from = (long)_nanos.Length * index / callers;
        return _nanos.AsMemory((int)from, (int)((long)_nanos.Length * (index + 1) / callers - from));
    }

    public static uint NanosBetween(long from, long to) =>
        (uint)Math.Min(uint.MaxValue, (to - from) * (1_000_000_000L / Stopwatch.Frequency));

    /// <summary>Sorts what was written and yields the percentiles, in microseconds.</summary>
    public void AddTo(Dictionary<Metric, double> figures)
    {
        if (_nanos.Length == 0) return;
        Array.Sort(_nanos);
        figures[Metric.P50] = Micros(0.5);
        figures[Metric.P99] = Micros(0.99);
        figures[Metric.P999] = Micros(0.999);
    }

    private double Micros(double quantile) => _nanos[(int)Math.Min(_nanos.Length - 1, quantile * _nanos.Length)] / 1000.0;
}
