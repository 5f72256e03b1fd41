using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>More tasks come than can be served, by a multiple: what is still served, how long do those wait, who is told nothing?</summary>
internal static class Overload
{
    private const int Workers = 8, Queue = 1024;
    private const string Plain = "pool, queue only", Channel = "channel", Half = "pool, half the load";

    /// <summary>Tasks come evenly, as they do from a network: their submitter wakes every millisecond.</summary>
    public static Workload Workload(double times) => Make($"w6-overload-{times:0.#}x", "", new OverloadArrivals(times, 1), times switch
    {
        < 1 => [Bar.Value(DispatchSuite.Pool, OverloadArrivals.Refused, 0)],
        3 => Bars(0.98),
        _ => [.. Bars(0.9), Bar.Value(DispatchSuite.Pool, OverloadArrivals.Goodput, 0.9)],
    });

    /// <summary>Tasks come in heaps that a queue takes up easily: no reason to turn any away.</summary>
    public static Workload Bursts() =>
        Make("w6-bursts-0.5x", ", 10 ms at once", new OverloadArrivals(0.5, 10), [Bar.Value(DispatchSuite.Pool, OverloadArrivals.Refused, 0)]);

    private static Workload Make(string name, string how, OverloadArrivals arrivals, IReadOnlyList<Bar> bars) =>
        new(name, $"{arrivals.Times:0.#} times what {Environment.ProcessorCount} processors can serve{how}, {OverloadArrivals.Micros:0} us each, a queue of {Queue}, {Workers} workers; 10 % P0, 30 % P1, 60 % P2")
        {
            Peers =
            [
                new(Channel, () => new OverloadChannel(arrivals, Workers, Queue)),
                new(Plain, () => new OverloadPool(arrivals, Workers, Queue, isProtected: false)),
                new(DispatchSuite.Pool, () => new OverloadPool(arrivals, Workers, Queue, isProtected: true)),
                // As long as the others, whatever the load.
                .. arrivals.Times < 1 ? (Peer[])[] : [new(Half, () => new OverloadPool(arrivals with { Times = 0.5 }, Workers, Queue, isProtected: true))],
            ],
            Columns =
            [
                OverloadArrivals.Goodput, OverloadArrivals.P99, OverloadArrivals.Urgent, OverloadArrivals.Refused, OverloadArrivals.Silent,
                OverloadArrivals.Overslept, OverloadArrivals.RefusalNanos, OverloadArrivals.SlowLate, OverloadArrivals.SlowWait, OverloadArrivals.SlowRun,
                OverloadArrivals.SlowReply, Metric.Allocated,
            ],
            Operations = arrivals.Count,
            WarmUps = 2,
            Limit = TimeSpan.FromSeconds(60),
            Reference = Channel,
            Bars = [.. bars, Bar.Value(DispatchSuite.Pool, OverloadArrivals.Silent, 0)],
            Note = "Capacity is what bare threads serve on all processors, measured before each round; the submitter takes its part of it. Latency from the moment a task was due to come until its caller is told.",
        };

    private static Bar[] Bars(double goodput) =>
    [
        Bar.Ratio(DispatchSuite.Pool, OverloadArrivals.Goodput, Channel, goodput), Bar.Value(DispatchSuite.Pool, OverloadArrivals.P99, 10),
        Bar.Ratio(DispatchSuite.Pool, OverloadArrivals.Urgent, Half, 2),
    ];
}
