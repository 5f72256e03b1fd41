using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Metric = Dispatcher.Benchmarks.Runner.Metric;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>What it costs to collect the metrics of a pool: W1 with the OpenTelemetry SDK on all instruments, read every second, against W1 without.</summary>
internal sealed class MetricsCost(IContestant pool) : IContestant
{
    private const string Collected = "pool, metrics on";

    public static Workload Workload(int workers) =>
        new("w1-metrics", $"Fire and forget as in w1-post-{workers}, with the metrics collected by OpenTelemetry and without")
        {
            Peers = [PostContestant.Peer(workers, 1), new(Collected, () => new MetricsCost(PostContestant.Peer(workers, 1).Start()))],
            Columns = [Metric.Rate, Metric.Allocated, Metric.Cpu],
            Operations = 64 * 50_000,
            Reference = DispatchSuite.Pool,
            Bars = [Bar.Ratio(Collected, Metric.Rate, DispatchSuite.Pool, 0.95)],
            Note = $"A queue of {ChannelSink.Capacity} that makes the submitter wait. Each round with metrics builds the SDK's pipeline, and flushes it at its end.",
        };

    public async Task RunAsync(Round round)
    {
        // The meter's name is all that chooses instruments: on for longer than the round it would collect from the other peer too.
        var seen = new Sum();
        using (Sdk.CreateMeterProviderBuilder().AddMeter("Dispatcher.Actors").AddReader(new PeriodicExportingMetricReader(seen, exportIntervalMilliseconds: 1000)).Build())
            await pool.RunAsync(round);
        if (seen.Durations == 0) throw new InvalidOperationException("No duration was collected.");
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    /// <summary>Reads all that is exported, as a sender would.</summary>
    private sealed class Sum : BaseExporter<OpenTelemetry.Metrics.Metric>
    {
        public long Durations { get; private set; }

        public override ExportResult Export(in Batch<OpenTelemetry.Metrics.Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    if (metric.MetricType != MetricType.Histogram) continue;
                    foreach (var bucket in point.GetHistogramBuckets()) Durations += bucket.BucketCount;
                }
            }
            return ExportResult.Success;
        }
    }
}
