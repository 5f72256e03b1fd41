using System.Threading.Channels;
using Dispatcher.Benchmarks.Peers;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>Tasks that compute for some microseconds, as many at once as there are processors: what is left of the processors for the tasks.</summary>
internal static class CpuWork
{
    private const int Workers = 2;
    private const string Ideal = "bare threads";

    public static Workload Workload(double micros, int operations, double bar)
    {
        var steps = Burn.Steps(micros);
        return new($"w3-cpu-{micros:0}us", $"Tasks of {micros:0} us of computation, {Workers} workers, one submitter")
        {
            Peers = [new(Ideal, () => new Bare(steps)), new("channel", () => new Loops(steps)), new(DispatchSuite.Pool, () => new Pooled(steps))],
            Columns = [Metric.Rate, Metric.Cpu, Metric.Allocated],
            Operations = operations,
            Reference = Ideal,
            Bars = [Bar.Ratio(DispatchSuite.Pool, Metric.Rate, Ideal, bar)],
            Note = $"The bare threads do the same computation, {Workers} of them, with nothing around it.",
        };
    }

    private sealed class Bare(int steps) : IContestant
    {
        public Task RunAsync(Round round)
        {
            var each = round.Operations / Workers;
            return Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    for (var i = 0; i < each; i++) Burn.Run(steps);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Loops(int steps) : IContestant
    {
        public async Task RunAsync(Round round)
        {
            var channel = Channel.CreateBounded<NopTask>(ChannelSink.Capacity);
            var loops = Enumerable.Range(0, Workers).Select(_ => Task.Run(() => WorkAsync(channel.Reader))).ToArray();
            await Task.Run(async () =>
            {
                for (var i = 0; i < round.Operations; i++)
                    if (!channel.Writer.TryWrite(NopTask.Instance)) await channel.Writer.WriteAsync(NopTask.Instance);
            });
            channel.Writer.Complete();
            await Task.WhenAll(loops);
        }

        private async Task WorkAsync(ChannelReader<NopTask> reader)
        {
            while (await reader.WaitToReadAsync())
                while (reader.TryRead(out _)) Burn.Run(steps);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Pooled : IContestant
    {
        private readonly TestPool _pool;

        public Pooled(int steps) => _pool = new TestPool(Workers, ChannelSink.Capacity, pool => pool.Handle<NopTask, int>((_, _) =>
        {
            Burn.Run(steps);
            return new ValueTask<int>(1);
        }));

        public async Task RunAsync(Round round)
        {
            var end = _pool.Dispatcher.Snapshot().Completed + round.Operations;
            await Task.Run(async () =>
            {
                for (var i = 0; i < round.Operations; i++)
                    if (!await _pool.Dispatcher.PostAsync(NopTask.Instance)) throw new InvalidOperationException("A task was refused.");
            });
            await _pool.EndAsync(end);
        }

        public ValueTask DisposeAsync() => _pool.DisposeAsync();
    }
}
