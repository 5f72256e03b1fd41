using System.Diagnostics;
using System.Threading.Channels;
using Dispatcher.Actors;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>One task of a hundred takes 50 ms, the others 100 us; they come at random, at 60 % of what the workers can do. What do the short ones wait?</summary>
internal static class LongTail
{
    private const int Workers = 8;
    private const double ShortMicros = 100, LongMillis = 50, LongShare = 0.01, Load = 0.6;
    private const int Queue = 1 << 16;
    private const string Shared = "channel";
    private const string RoundRobin = "a channel a worker, in turn";
    private const string PoolInTurn = "pool, round-robin";
    private static readonly Metric Late = new("P99 ms of the short ones", "0.00");

    public static Workload Workload() =>
        new("w8-long-tail", $"1 % of tasks await {LongMillis:0} ms, the others compute {ShortMicros:0} us; random arrivals, {Load:P0} load, {Workers} workers")
        {
            Peers = [new(Shared, () => new Channels(1)), new(RoundRobin, () => new Channels(Workers)), new(DispatchSuite.Pool, () => new Pooled("credit-pull")), new(PoolInTurn, () => new Pooled("round-robin"))],
            Columns = [Late, Metric.Cpu],
            Operations = 12_000,
            WarmUps = 1,
            Reference = Shared,
            Bars = [Bar.Ratio(DispatchSuite.Pool, Late, Shared, 1.0), Bar.Ratio(DispatchSuite.Pool, Late, RoundRobin, 0.1), Bar.Ratio(DispatchSuite.Pool, Late, PoolInTurn, 0.1)],
            Note = "Latency from the moment a task was due to come, so that a submitter that is held up hides nothing.",
        };

    /// <summary>A task: whether it is one of the long ones, when it was due to come, when it was done.</summary>
    private sealed class Job(bool isLong, long due) : ITask<int>
    {
        public bool IsLong => isLong;

        public double Millis { get; private set; }

        public async ValueTask<int> RunAsync(int steps)
        {
            if (isLong) await Task.Delay(TimeSpan.FromMilliseconds(LongMillis));
            else Burn.Run(steps);
            Millis = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            return 1;
        }
    }

    /// <summary>The same arrivals for every peer, as many seconds as it takes.</summary>
    private static async Task ArriveAsync(Round round, Action<Job> submit, Func<long> done)
    {
        var random = new Random(42);
        var meanMillis = ((1 - LongShare) * ShortMicros / 1000) + (LongShare * LongMillis);
        var gapTicks = meanMillis / Workers / Load * Stopwatch.Frequency / 1000;
        var jobs = new Job[round.Operations];
        var end = done() + jobs.Length;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        double due = Stopwatch.GetTimestamp();
        for (var i = 0; i < jobs.Length;)
        {
            var now = Stopwatch.GetTimestamp();
            for (; i < jobs.Length && due <= now; i++, due -= Math.Log(1 - random.NextDouble()) * gapTicks)
                submit(jobs[i] = new Job(random.NextDouble() < LongShare, (long)due));
            await pace.WaitForNextTickAsync();
        }
        while (done() < end) await pace.WaitForNextTickAsync();
        var late = jobs.Where(static job => !job.IsLong).Select(static job => job.Millis).Order().ToArray();
        round.Set(Late, late[(int)(late.Length * 0.99)]);
    }

    private sealed class Channels : IContestant
    {
        private readonly Channel<Job>[] _channels;
        private readonly Task[] _loops;
        private readonly int _steps = Burn.Steps(ShortMicros);
        private long _done;
        private int _next;

        public Channels(int channels)
        {
            _channels = [.. Enumerable.Range(0, channels).Select(static _ => Channel.CreateBounded<Job>(Queue))];
            _loops = [.. Enumerable.Range(0, Workers).Select(i => Task.Run(() => WorkAsync(_channels[i % channels].Reader)))];
        }

        public Task RunAsync(Round round) => ArriveAsync(round, Submit, () => Volatile.Read(ref _done));

        private void Submit(Job job)
        {
            if (!_channels[_next++ % _channels.Length].Writer.TryWrite(job)) throw new InvalidOperationException("The channel is full.");
        }

        private async Task WorkAsync(ChannelReader<Job> reader)
        {
            await foreach (var job in reader.ReadAllAsync())
            {
                await job.RunAsync(_steps);
                Interlocked.Increment(ref _done);
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var channel in _channels) channel.Writer.Complete();
            await Task.WhenAll(_loops);
        }
    }

    private sealed class Pooled : IContestant
    {
        private readonly TestPool _pool;

        public Pooled(string routing)
        {
            var steps = Burn.Steps(ShortMicros);
            _pool = new TestPool(Workers, Queue, pool => pool.Set("routing", routing).Handle<Job, int>((job, _) => job.RunAsync(steps)));
        }

        public Task RunAsync(Round round) => ArriveAsync(round, Submit, () => _pool.Dispatcher.Snapshot().Completed);

        private void Submit(Job job)
        {
            if (!_pool.Dispatcher.TrySubmit(job)) throw new InvalidOperationException("The queue is full.");
        }

        public ValueTask DisposeAsync() => _pool.DisposeAsync();
    }
}
