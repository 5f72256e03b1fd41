using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>What a task costs must not depend on how many workers, queued tasks, types of tasks or keys there are.</summary>
internal static class Flatness
{
    private const double Bound = 1.2;

    public static Workload ByWorkers()
    {
        string[] names = ["2 workers", "8 workers", "64 workers"];
        return Workload("workers", "Fire and forget by the number of workers", names,
            [PostContestant.Peer(names[0], 2, 1), PostContestant.Peer(names[1], 8, 1), PostContestant.Peer(names[2], 64, 1)]);
    }

    public static Workload ByDepth()
    {
        string[] names = ["1,000 queued", "10,000 queued", "100,000 queued", "1,000,000 queued"];
        return Workload("depth", "Tasks that each submit the next one, by how many are in the queue; 2 workers", names,
            [.. names.Select(static (name, i) => CirclingTasks.Peer(name, 1000 * (int)Math.Pow(10, i), types: 1))]);
    }

    public static Workload ByTypes()
    {
        string[] names = ["1 type", "1000 types"];
        return Workload("types", "Tasks that each submit one of the next type; 1000 in the queue, 2 workers", names,
            [CirclingTasks.Peer(names[0], 1000, types: 1), CirclingTasks.Peer(names[1], 1000, types: 1000)]);
    }

    public static Workload ByKeys()
    {
        string[] names = ["1 key", "100,000 keys"];
        return Workload("keys", "Tasks with keys, in the order of each, that each submit one of the next key; 1000 in the queue, 2 workers", names,
            [CirclingTasks.Peer(names[0], 1000, types: 1, keys: 1), CirclingTasks.Peer(names[1], 1000, types: 1, keys: 100_000)]);
    }

    private static Workload Workload(string what, string title, string[] names, Peer[] peers) =>
        new($"flat-{what}", title)
        {
            Peers = peers,
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = 2_000_000,
            Reference = names[0],
            Bars = [.. names.Skip(1).Select(name => Bar.Ratio(name, Metric.Rate, names[0], 1 / Bound))],
        };
}
