using System.Diagnostics;
using System.Threading.Channels;
using Dispatcher.Actors;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>More tasks come than can be served, by a multiple: what is still served, how long do those wait, who is told nothing?</summary>
internal static class Overload
{
    private const int Workers = 8, Queue = 1024;
    private const double Micros = 50, Seconds = 1.5;
    private const string Plain = "pool, queue only", Channel = "channel";
    private static readonly double s_perSecond = Environment.ProcessorCount * 1e6 / Micros;
    private static readonly Metric Goodput = new("of capacity", "0.000", HigherIsBetter: true);
    private static readonly Metric P99 = new("P99 ms of the served", "0.0");
    private static readonly Metric Urgent = new("P99 ms of P0", "0.0");
    private static readonly Metric Refused = new("refused", "0.00");
    private static readonly Metric Silent = new("untold", "0");

    public static Workload Workload(double times) =>
        new($"w6-overload-{times:0.#}x", $"{times:0.#} times what {Environment.ProcessorCount} processors can serve, {Micros:0} us each, a queue of {Queue}, {Workers} workers; 10 % P0, 30 % P1, 60 % P2")
        {
            Peers = [new(Channel, () => new Loops(times)), new(Plain, () => new Pooled(times, false)), new(DispatchSuite.Pool, () => new Pooled(times, true))],
            Columns = [Goodput, P99, Urgent, Refused, Silent],
            Operations = (int)(s_perSecond * times * Seconds),
            WarmUps = 1,
            Limit = TimeSpan.FromSeconds(40),
            Reference = Channel,
            Bars = times < 1
                ? []
                : [Bar.Ratio(DispatchSuite.Pool, Goodput, Channel, times == 3 ? 0.98 : 0.9), Bar.Value(DispatchSuite.Pool, P99, 10), Bar.Value(DispatchSuite.Pool, Silent, 0)],
            Note = "Capacity is what all processors would serve if the submitter took nothing. Latency from the moment a task was due to come.",
        };

    private sealed class Job(TaskPriority priority, long due) : ITask<int>
    {
        public TaskPriority Priority => priority;

        public double Millis { get; private set; }

        public int Run(int steps)
        {
            Burn.Run(steps);
            Millis = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            return 1;
        }
    }

    private static async Task ArriveAsync(Round round, double times, Action<Job> submit, Func<(long Told, long Refused)> ends)
    {
        var random = new Random(42);
        var gap = Stopwatch.Frequency / (s_perSecond * times);
        var jobs = new Job[round.Operations];
        var before = ends();
        var began = Stopwatch.GetTimestamp();
        double due = began;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < jobs.Length;)
        {
            var now = Stopwatch.GetTimestamp();
            for (; i < jobs.Length && due <= now; i++, due += gap)
            {
                var draw = random.Next(10);
                submit(jobs[i] = new Job(draw == 0 ? TaskPriority.P0 : draw < 4 ? TaskPriority.P1 : TaskPriority.P2, (long)due));
            }
            await pace.WaitForNextTickAsync();
        }
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var patience = Stopwatch.GetTimestamp();
        while (ends().Told - before.Told < jobs.Length && Stopwatch.GetElapsedTime(patience).TotalSeconds < 5) await pace.WaitForNextTickAsync();
        var served = jobs.Where(static job => job.Millis > 0).ToArray();
        var end = ends();
        round.Set(Goodput, served.Length / (s_perSecond * Math.Min(times, 1) * elapsed));
        round.Set(P99, At99(served));
        round.Set(Urgent, At99(served.Where(static job => job.Priority == TaskPriority.P0)));
        round.Set(Refused, (end.Refused - before.Refused) / (double)jobs.Length);
        round.Set(Silent, jobs.Length - (end.Told - before.Told));
    }

    private static double At99(IEnumerable<Job> jobs)
    {
        var late = jobs.Select(static job => job.Millis).Order().ToArray();
        return late.Length == 0 ? double.NaN : late[(int)(late.Length * 0.99)];
    }

    private sealed class Loops : IContestant
    {
        private readonly Channel<Job> _channel = System.Threading.Channels.Channel.CreateBounded<Job>(Queue);
        private readonly Task[] _loops;
        private readonly double _times;
        private long _served;
        private long _refused;

        public Loops(double times)
        {
            _times = times;
            var steps = Burn.Steps(Micros);
            _loops = [.. Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
            {
                await foreach (var job in _channel.Reader.ReadAllAsync())
                {
                    job.Run(steps);
                    Interlocked.Increment(ref _served);
                }
            }))];
        }

        public Task RunAsync(Round round) => ArriveAsync(
            round,
            _times,
            job =>
            {
                if (!_channel.Writer.TryWrite(job)) _refused++;
            },
            () => (Volatile.Read(ref _served) + Volatile.Read(ref _refused), Volatile.Read(ref _refused)));

        public async ValueTask DisposeAsync()
        {
            _channel.Writer.Complete();
            await Task.WhenAll(_loops);
        }
    }

    private sealed class Pooled : IContestant
    {
        private static readonly TaskOptions[] s_options = [.. Enum.GetValues<TaskPriority>().Select(static priority => new TaskOptions { Priority = priority })];
        private readonly TestPool _pool;
        private readonly double _times;
        private long _told;
        private long _refused;

        public Pooled(double times, bool isProtected)
        {
            _times = times;
            var steps = Burn.Steps(Micros);
            _pool = new TestPool(Workers, Queue, pool =>
            {
                pool.Handle<Job, int>((job, _) => new ValueTask<int>(job.Run(steps))).Queue(Queue);
                if (isProtected) pool.ProtectFromOverload();
            });
        }

        public Task RunAsync(Round round) => ArriveAsync(round, _times, job => _ = WatchAsync(job), () => (Volatile.Read(ref _told), Volatile.Read(ref _refused)));

        private async Task WatchAsync(Job job)
        {
            var outcome = await _pool.Dispatcher.RunAsync(job, s_options[(int)job.Priority]);
            if (outcome.Detail is Rejected { RetryAfter: not null }) Interlocked.Increment(ref _refused);
            Interlocked.Increment(ref _told);
        }

        public ValueTask DisposeAsync() => _pool.DisposeAsync();
    }
}
