using System.Diagnostics;

namespace Dispatcher.Benchmarks.Runner;

/// <summary>
/// What a peer gets for one round: how many operations, where to put latencies, and the clock. Time and allocations count from the call of
/// <see cref="IContestant.RunAsync"/> to its end, or between <see cref="Begin"/> and <see cref="End"/> where a peer calls these.
/// </summary>
internal sealed class Round
{
    private readonly Dictionary<Metric, double> _figures = [];
    private long _beganAt;
    private long _endedAt;
    private long _bytesBefore;
    private long _bytesAfter;
    private TimeSpan _cpuBefore;
    private TimeSpan _cpuAfter;

    public Round(int operations, bool withLatencies)
    {
        Operations = operations;
        if (withLatencies) Latencies = new Latencies(operations);
    }

    public int Operations { get; }

    /// <summary>Null where the workload has no column for them.</summary>
    public Latencies? Latencies { get; }

    public void Begin()
    {
        _endedAt = 0;
        _bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        _cpuBefore = CpuTime();
        _beganAt = Stopwatch.GetTimestamp();
    }

    public void End()
    {
        _endedAt = Stopwatch.GetTimestamp();
        _cpuAfter = CpuTime();
        _bytesAfter = GC.GetTotalAllocatedBytes(precise: true);
    }

    /// <summary>A figure that the peer itself measured; it wins over one that the runner derives.</summary>
    public void Set(Metric metric, double value) => _figures[metric] = value;

    /// <summary>The time since <see cref="Begin"/>, to <see cref="End"/> once that was called.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_beganAt, _endedAt != 0 ? _endedAt : Stopwatch.GetTimestamp());

    private static TimeSpan CpuTime() => Environment.CpuUsage.TotalTime;

    internal Dictionary<Metric, double> Close()
    {
        if (_endedAt == 0) End();
        _figures.TryAdd(Metric.Rate, Operations / Elapsed.TotalMicroseconds);
        _figures.TryAdd(Metric.Allocated, (_bytesAfter - _bytesBefore) / (double)Operations);
        _figures.TryAdd(Metric.Cpu, (_cpuAfter - _cpuBefore).TotalNanoseconds / Operations);
        Latencies?.AddTo(_figures);
        return _figures;
    }
}
