using System.Diagnostics;
using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>What it costs to count a duration: alone, and with every processor at it in the same histogram.</summary>
internal static class Recording
{
    private const string One = "one thread";
    private const string All = "a thread each processor";

    public static Workload Workload() => new("record", "Counting a duration in a histogram")
    {
        Peers = [new(One, () => new Recorders(1)), new(All, () => new Recorders(Environment.ProcessorCount))],
        Columns = [Metric.Cpu, Metric.Rate, Metric.Allocated],
        Operations = 20_000_000,
        Reference = One,
        Bars = [Bar.Value(One, Metric.Cpu, 30), Bar.Value(All, Metric.Cpu, 30), Bar.Value(One, Metric.Allocated, 0.01)],
    };

    private sealed class Recorders(int threads) : IContestant
    {
        private readonly DurationHistogram _histogram = new(Stopwatch.Frequency);

        public Task RunAsync(Round round) => Task.WhenAll(Enumerable.Range(0, threads).Select(i => Task.Factory.StartNew(
            () =>
            {
                // Durations over three decades, so that no one bucket stays at hand.
                long units = i + 1;
                for (var n = round.Operations / threads; n > 0; n--)
                {
                    units = (units * 75) % 65537;
                    _histogram.RecordElapsed(units);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
