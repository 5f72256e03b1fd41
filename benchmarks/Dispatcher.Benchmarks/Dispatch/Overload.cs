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
    private const string Plain = "pool, queue only", Channel = "channel", Half = "pool, half the load";
    private static readonly double s_perSecond = Environment.ProcessorCount * 1e6 / Micros;
    private static readonly Metric Goodput = new("of capacity", "0.000", HigherIsBetter: true);
    private static readonly Metric P99 = new("P99 ms of the served", "0.0");
    private static readonly Metric Urgent = new("P99 ms of P0", "0.0");
    private static readonly Metric Refused = new("refused", "0.00");
    private static readonly Metric Silent = new("untold", "0");

    /// <summary>Tasks come evenly, as they do from a network: their submitter has a thread of its own, and wakes every millisecond.</summary>
    public static Workload Workload(double times) => Make($"w6-overload-{times:0.#}x", "", new Load(times, 1), times switch
    {
        < 1 => [Bar.Value(DispatchSuite.Pool, Refused, 0)],
        3 => Bars(0.98),
        _ => Bars(0.9),
    });

    /// <summary>Tasks come in heaps that a queue takes up easily: no reason to turn any away.</summary>
    public static Workload Bursts() => Make("w6-bursts-0.5x", ", 10 ms at once", new Load(0.5, 10), [Bar.Value(DispatchSuite.Pool, Refused, 0)]);

    private static Workload Make(string name, string how, Load load, IReadOnlyList<Bar> bars) =>
        new(name, $"{load.Times:0.#} times what {Environment.ProcessorCount} processors can serve{how}, {Micros:0} us each, a queue of {Queue}, {Workers} workers; 10 % P0, 30 % P1, 60 % P2")
        {
            Peers =
            [
                new(Channel, () => new Loops(load)),
                new(Plain, () => new Pooled(load, false)),
                new(DispatchSuite.Pool, () => new Pooled(load, true)),
                .. load.Times < 1 ? (Peer[])[] : [new(Half, () => new Pooled(load with { Times = 0.5 }, true))],
            ],
            Columns = [Goodput, P99, Urgent, Refused, Silent],
            Operations = (int)(s_perSecond * load.Times * Seconds),
            WarmUps = 1,
            Limit = TimeSpan.FromSeconds(60),
            Reference = Channel,
            Bars = [.. bars, Bar.Value(DispatchSuite.Pool, Silent, 0)],
            Note = "Capacity is what all processors would serve if the submitter took nothing. Latency from the moment a task was due to come.",
        };

    private static Bar[] Bars(double goodput) =>
    [
        Bar.Value(DispatchSuite.Pool, Goodput, goodput), Bar.Ratio(DispatchSuite.Pool, Goodput, Channel, goodput),
        Bar.Value(DispatchSuite.Pool, P99, 10), Bar.Ratio(DispatchSuite.Pool, Urgent, Half, 2),
    ];

    private sealed record Load(double Times, int PauseMillis);

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

    // The submitter has a thread of its own. On the pool of threads it would come round only when the peer leaves it a turn, and measure that.
    private static Task ArriveAsync(Round round, Load load, int operations, Action<Job> submit, Func<(long Told, long Refused)> ends) =>
        Task.Factory.StartNew(() => ArriveAsync(round, load, new Job[operations], submit, ends), TaskCreationOptions.LongRunning).Unwrap();

    private static async Task ArriveAsync(Round round, Load load, Job[] jobs, Action<Job> submit, Func<(long Told, long Refused)> ends)
    {
        var random = new Random(42);
        var gap = Stopwatch.Frequency / (s_perSecond * load.Times);
        var before = ends();
        var began = Stopwatch.GetTimestamp();
        double due = began;
        using var pause = new ManualResetEvent(false);
        for (var i = 0; i < jobs.Length;)
        {
            var now = Stopwatch.GetTimestamp();
            for (; i < jobs.Length && due <= now; i++, due += gap)
            {
                var draw = random.Next(10);
                submit(jobs[i] = new Job(draw == 0 ? TaskPriority.P0 : draw < 4 ? TaskPriority.P1 : TaskPriority.P2, (long)due));
            }
            pause.WaitOne(load.PauseMillis);
        }
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var patience = Stopwatch.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (ends().Told - before.Told < jobs.Length && Stopwatch.GetElapsedTime(patience).TotalSeconds < 5) await pace.WaitForNextTickAsync();
        var served = jobs.Where(static job => job.Millis > 0).ToArray();
        var end = ends();
        round.Set(Goodput, served.Length / (s_perSecond * Math.Min(load.Times, 1) * elapsed));
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
        private readonly Load _load;
        private long _served;
        private long _refused;

        public Loops(Load load)
        {
            _load = load;
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
            _load,
            round.Operations,
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
        private readonly Load _load;
        private long _told;
        private long _refused;

        public Pooled(Load load, bool isProtected)
        {
            _load = load;
            var steps = Burn.Steps(Micros);
            _pool = new TestPool(Workers, Queue, pool =>
            {
                pool.Handle<Job, int>((job, _) => new ValueTask<int>(job.Run(steps))).Queue(Queue);
                if (isProtected) pool.ProtectFromOverload();
            });
        }

        // As long as the others, whatever the load.
        public Task RunAsync(Round round) => ArriveAsync(
            round,
            _load,
            Math.Min(round.Operations, (int)(s_perSecond * _load.Times * Seconds)),
            job => _ = WatchAsync(job),
            () => (Volatile.Read(ref _told), Volatile.Read(ref _refused)));

        private async Task WatchAsync(Job job)
        {
            var outcome = await _pool.Dispatcher.RunAsync(job, s_options[(int)job.Priority]);
            if (outcome.Detail is Rejected { RetryAfter: not null }) Interlocked.Increment(ref _refused);
            Interlocked.Increment(ref _told);
        }

        public ValueTask DisposeAsync() => _pool.DisposeAsync();
    }
}
