using Dispatcher.Actors;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>One task of a hundred throws: its caller learns of it, its worker is restarted, and the others lose little.</summary>
internal static class FaultWork
{
    private const int Workers = 8;
    private const int Callers = 64;
    private const double Micros = 5;
    private const string None = "no faults";
    private const string Some = "1 % throw";

    public static Workload Workload() =>
        new("w7-faults", $"Tasks of {Micros:0} us, {Callers} callers; one of a hundred throws")
        {
            Peers = [new(None, () => new Pooled(faults: false)), new(Some, () => new Pooled(faults: true))],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = 64_000,
            OperationsStep = Callers * 100,
            Reference = None,
            Bars = [Bar.Ratio(Some, Metric.Rate, None, 0.95)],
        };

    private sealed record Job(bool Throws) : ITask<int>;

    private sealed class Pooled : IContestant
    {
        private static readonly Job Good = new(false);
        private readonly Job _bad;
        private readonly TestPool _pool;

        public Pooled(bool faults)
        {
            _bad = new Job(faults);
            var steps = Burn.Steps(Micros);
            _pool = new TestPool(Workers, ChannelSink.Capacity, pool => pool.Handle<Job, int>((job, _) =>
            {
                Burn.Run(steps);
                return job.Throws ? throw new InvalidOperationException("as asked") : new ValueTask<int>(1);
            }));
        }

        public async Task RunAsync(Round round)
        {
            var each = round.Operations / Callers;
            var learned = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(each))));
            if (_bad.Throws && learned.Sum() != round.Operations / 100) throw new InvalidOperationException($"{learned.Sum()} callers learned of {round.Operations / 100} faults.");
        }

        private async Task<int> CallAsync(int calls)
        {
            var failed = 0;
            for (var i = 0; i < calls; i++)
            {
                var outcome = await _pool.Dispatcher.RunAsync(i % 100 == 0 ? _bad : Good);
                if (outcome.Kind == OutcomeKind.Failed) failed++;
            }
            return failed;
        }

        public ValueTask DisposeAsync() => _pool.DisposeAsync();
    }
}
