using Dispatcher.Benchmarks.Engine;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>The workloads of the task dispatcher, in the order of the report.</summary>
internal static class DispatchSuite
{
    /// <summary>The task dispatcher in every table.</summary>
    public const string Pool = "pool";

    private const string Channel = "channel";
    private const string Dataflow = "dataflow";
    private const int PostOperations = 64 * 50_000;

    /// <summary>
    /// What Ask of the official packages does, as a part of what the channel does, in one run on one machine: by callers. The bar against Ask is
    /// meant for that one; where it is not built in, it stands in for it.
    /// </summary>
    private static double OfficialAsk(int callers) => callers switch { 1 => 0.49 / 1.05, 64 => 0.94 / 2.0, _ => 0.95 / 2.1 };

    public static IEnumerable<Workload> Workloads() =>
    [
        Post(8),
        Post(2),
        Post(64),
        MetricsCost.Workload(8),
        Run(1, 8, 1.5),
        Run(64, 8, 1.0),
        Run(64, 2, 1.0),
        Run(1024, 8, 1.1),
        CpuWork.Workload(5, 100_000, 0.97),
        CpuWork.Workload(50, 10_000, 0.99),
        AwaitWork.Workload(),
        IdleWorkers.Workload(),
        FirstTask.Workload(),
        Overload.Workload(0.5),
        Overload.Bursts(),
        Overload.Workload(2),
        Overload.Workload(3),
        Overload.Workload(4),
        Overload.Workload(6),
        AdmissionCost.Workload(),
        FaultWork.Workload(),
        LongTail.Awaits(),
        LongTail.Computes(),
        Recording.Workload(),
        ControlLoop.Workload(),
        Flatness.ByWorkers(),
        Flatness.ByDepth(),
        Flatness.ByTypes(),
        Flatness.ByKeys(),
        MillionTasks.Workload(),
    ];

    private static Workload Post(int workers) =>
        new($"w1-post-{workers}", $"Fire and forget, no-op tasks, a queue of {ChannelSink.Capacity} that makes the submitter wait, {workers} workers")
        {
            Peers = [ChannelSink.Peer(workers, 1), PostContestant.Peer(workers, 1), WindowedTellContestant.Pool(workers)],
            Columns = [Metric.Rate, Metric.Allocated, Metric.Cpu],
            Operations = PostOperations,
            OperationsStep = 64,
            Reference = Channel,
            Bars = [Bar.Ratio(Pool, Metric.Rate, Channel, 1.0), Bar.Value(Pool, Metric.Allocated, 8)],
            Note = "What the pool allocates is for the waits of its submitter, none of it for the tasks.",
        };

    private static Workload Run(int callers, int workers, double bar)
    {
        var askBar = callers == 1 ? 4 : 2.5;
        var isOfficial = Machine.Engine == "official";
        return new($"w2-run-{callers}-{workers}", $"Request and reply, no-op tasks, {callers} in flight, {workers} workers")
        {
            Peers =
            [
                ChannelService.Peer(workers, callers), InlineChannelService.Peer(workers, callers), DataflowService.Peer(workers, callers),
                AskContestant.Peer(workers, callers), RunContestant.Peer(workers, callers), RunContestant.PeerWithDeadlines(workers, callers),
            ],
            Columns = [Metric.Rate, Metric.Allocated, Metric.Cpu, Metric.P50, Metric.P99],
            Operations = 512_000,
            OperationsStep = 1024,
            Reference = Channel,
            Bars =
            [
                Bar.Ratio(Pool, Metric.Rate, Channel, bar), Bar.Ratio(Pool, Metric.Rate, Dataflow, bar),
                isOfficial ? Bar.Ratio(Pool, Metric.Rate, "Akka", askBar) : Bar.Ratio(Pool, Metric.Rate, Channel, askBar * OfficialAsk(callers)),
                Bar.Ratio(Pool, Metric.P99, Channel, 1.0), Bar.Value(Pool, Metric.Allocated, 1),
            ],
            Note = isOfficial ? null : $"Ask of this engine is not what the bar of {askBar:0.#} times Ask is meant for: that of the official packages did {OfficialAsk(callers):0.00} x channel.",
        };
    }
}
