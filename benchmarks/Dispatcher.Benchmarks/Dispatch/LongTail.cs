using Dispatcher.Actors.Hosting;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>One task of a hundred takes 50 ms, the others 100 us; they come at random, at 60 % of what can be served. What do the short ones wait?</summary>
internal static class LongTail
{
    private const int Workers = 8;
    private const double Load = 0.6;
    private const string Shared = "channel";
    private const string RoundRobin = "a channel a worker, in turn";
    private const string PoolInTurn = "pool, round-robin";
    private const string Unmeasured = "pool, not measuring";
    private const string Nice = "pool, long ones on all processors, nice";

    /// <summary>The long ones await: they hold a worker, but no processor.</summary>
    public static Workload Awaits()
    {
        var arrivals = new Arrivals(Computes: false, Workers * Load);
        return new("w8-long-tail", $"1 % of tasks await {Arrivals.LongMillis:0} ms, the others compute {Arrivals.ShortMicros:0} us; random arrivals, {Load:P0} load, {Workers} workers")
        {
            Peers =
            [
                new(Shared, () => new LongTailChannels(arrivals, 1, Workers)), new(RoundRobin, () => new LongTailChannels(arrivals, Workers, Workers)),
                new(DispatchSuite.Pool, () => new LongTailPool(arrivals, Workers)), new(PoolInTurn, () => new LongTailPool(arrivals, Workers, InTurn)),
            ],
            Columns = [Arrivals.Short99, Metric.Cpu, Arrivals.Late],
            Operations = 12_000,
            WarmUps = 1,
            Reference = Shared,
            Bars =
            [
                Bar.Ratio(DispatchSuite.Pool, Arrivals.Short99, Shared, 1.0), Bar.Ratio(DispatchSuite.Pool, Arrivals.Short99, RoundRobin, 0.1),
                Bar.Ratio(DispatchSuite.Pool, Arrivals.Short99, PoolInTurn, 0.1),
            ],
            Note = Arrivals.Note,
        };
    }

    /// <summary>The long ones compute as well: they hold a processor, and on two of them half of all there is. Nobody declares which type is which.</summary>
    public static Workload Computes()
    {
        var processors = Environment.ProcessorCount;
        var arrivals = new Arrivals(Computes: true, processors * Load);
        return new("w8-long-cpu", $"1 % of tasks compute for {Arrivals.LongMillis:0} ms, the others {Arrivals.ShortMicros:0} us; random arrivals, {Load:P0} load of {processors} processors, {Workers} workers")
        {
            Peers =
            [
                new(Shared, () => new LongTailChannels(arrivals, 1, Workers)), new("dataflow", () => new LongTailDataflow(arrivals, Workers)),
                new(DispatchSuite.Pool, () => new LongTailPool(arrivals, Workers, static pool => pool.MeasureClasses())),
                new(Nice, () => new LongTailPool(arrivals, Workers, pool => pool.MeasureClasses().Set("long.workers", processors).Set("long.nice", 19))),
                new(Unmeasured, () => new LongTailPool(arrivals, Workers)), new(PoolInTurn, () => new LongTailPool(arrivals, Workers, InTurn)),
            ],
            Columns = [Arrivals.Short90, Arrivals.Short50, Arrivals.Short99, Arrivals.Long50, Arrivals.Long90, Arrivals.Long99, Arrivals.Late, Arrivals.Decided],
            Operations = 4_500,
            // By then the long type has been found out.
            WarmUps = 3,
            Limit = TimeSpan.FromSeconds(60),
            Reference = Shared,
            Bars = [Bar.Value(DispatchSuite.Pool, Arrivals.Short90, 1), Bar.Ratio(DispatchSuite.Pool, Arrivals.Short90, Unmeasured, 0.1)],
            Note = Arrivals.Note,
        };
    }

    private static void InTurn(TaskDispatcherBuilder pool) => pool.Set("routing", "round-robin");
}
