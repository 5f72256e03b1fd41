using System.Threading.Channels;
using Dispatcher.Actors;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>Tasks that await 10 ms, a thousand at once: they must cost no thread, and little memory.</summary>
internal static class AwaitWork
{
    private const int AtOnce = 1000;
    private const int Workers = 8;
    private const string Limit = "bare delays";
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(10);

    public static Workload Workload() =>
        new("w4-await-10ms", $"Tasks that await {Delay.TotalMilliseconds:0} ms, {AtOnce} callers")
        {
            Peers = [new(Limit, () => new Bare()), new("channel", () => new Loops()), new(DispatchSuite.Pool, () => new Pooled())],
            Columns = [Metric.Rate, Metric.Allocated, Metric.Cpu],
            Operations = 40 * AtOnce,
            OperationsStep = AtOnce,
            Reference = Limit,
            Bars = [Bar.Ratio(DispatchSuite.Pool, Metric.Rate, Limit, 0.99), Bar.Value(DispatchSuite.Pool, Metric.Allocated, 320)],
            Note = $"The pool has {Workers} workers with a concurrency of {AtOnce / Workers}, the channel {AtOnce} loops.",
        };

    private static Task CallAsync(Round round, Func<Task> call) =>
        Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < round.Operations / AtOnce; i++) await call();
        })));

    private sealed class Bare : IContestant
    {
        public Task RunAsync(Round round) => CallAsync(round, static () => Task.Delay(Delay));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Loops : IContestant
    {
        private readonly Channel<TaskCompletionSource> _channel = Channel.CreateBounded<TaskCompletionSource>(AtOnce);
        private readonly Task[] _loops;

        public Loops() => _loops = [.. Enumerable.Range(0, AtOnce).Select(_ => Task.Run(WorkAsync))];

        public Task RunAsync(Round round) => CallAsync(round, async () =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _channel.Writer.WriteAsync(done);
            await done.Task;
        });

        private async Task WorkAsync()
        {
            await foreach (var done in _channel.Reader.ReadAllAsync())
            {
                await Task.Delay(Delay);
                done.SetResult();
            }
        }

        public async ValueTask DisposeAsync()
        {
            _channel.Writer.Complete();
            await Task.WhenAll(_loops);
        }
    }

    private sealed class Pooled : IContestant
    {
        private readonly TestPool _pool = new(Workers, AtOnce, static pool => pool.Concurrency(AtOnce / Workers).Handle<NopTask, int>(HandleAsync));

        public Task RunAsync(Round round) =>
            Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; i < round.Operations / AtOnce; i++) await _pool.Dispatcher.RunAsync(NopTask.Instance);
            })));

        private static async ValueTask<int> HandleAsync(NopTask task, TaskContext context)
        {
            await Task.Delay(Delay);
            return 1;
        }

        public ValueTask DisposeAsync() => _pool.DisposeAsync();
    }
}
