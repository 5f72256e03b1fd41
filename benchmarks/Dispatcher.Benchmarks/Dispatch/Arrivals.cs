using System.Diagnostics;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>The same random arrivals for every peer, as many seconds as it takes.</summary>
/// <param name="Computes">Whether the long tasks compute; else they await.</param>
/// <param name="Demand">How many servers the tasks keep busy.</param>
internal sealed record Arrivals(bool Computes, double Demand)
{
    public const double ShortMicros = 100, LongMillis = 50;

    public const string Note = "Latency from the moment a task was due to come, so that a submitter that is held up hides nothing, until its work is done.";

    private const double LongShare = 0.01;

    public static readonly Metric Short50 = new("P50 ms of the short ones", "0.00");
    public static readonly Metric Short90 = new("P90 ms of the short ones", "0.00");
    public static readonly Metric Short99 = new("P99 ms of the short ones", "0.00");
    public static readonly Metric Long50 = new("P50 ms of the long ones", "0");
    public static readonly Metric Long90 = new("P90 ms of the long ones", "0");
    public static readonly Metric Long99 = new("P99 ms of the long ones", "0");
    public static readonly Metric Late = new("P90 ms the submitter was late", "0.00");
    public static readonly Metric Decided = new("class known after s", "0.0");

    public int ShortSteps { get; } = Burn.Steps(ShortMicros);

    public int LongSteps { get; } = Burn.Steps(LongMillis * 1000);

    /// <summary>Submits them from a thread of its own. On the pool of threads it would come round only when the peer leaves it a turn, and measure that.</summary>
    public Task RunAsync(Round round, Action<LongTailTask> submit, Func<long> done) =>
        Task.Factory.StartNew(() => Run(round, submit, done), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run(Round round, Action<LongTailTask> submit, Func<long> done)
    {
        var random = new Random(42);
        var meanSeconds = ((1 - LongShare) * ShortMicros / 1e6) + (LongShare * LongMillis / 1e3);
        var gap = meanSeconds / Demand * Stopwatch.Frequency;
        var tasks = new LongTailTask[round.Operations];
        var late = new double[tasks.Length];
        var end = done() + tasks.Length;
        using var pace = new Pace();
        double due = Stopwatch.GetTimestamp();
        for (var i = 0; i < tasks.Length; i++, due -= Math.Log(1 - random.NextDouble()) * gap)
        {
            long now;
            while ((now = Stopwatch.GetTimestamp()) < due) pace.Wait(Stopwatch.GetElapsedTime(now, (long)due));
            late[i] = Stopwatch.GetElapsedTime((long)due, now).TotalMilliseconds;
            submit(tasks[i] = random.NextDouble() < LongShare ? new LongTask((long)due) : new ShortTask((long)due));
        }
        while (done() < end) pace.Wait(TimeSpan.FromMilliseconds(1));
        Set(round, tasks.OfType<ShortTask>(), (Short50, 0.5), (Short90, 0.9), (Short99, 0.99));
        Set(round, tasks.OfType<LongTask>(), (Long50, 0.5), (Long90, 0.9), (Long99, 0.99));
        Array.Sort(late);
        round.Set(Late, late[(int)(late.Length * 0.9)]);
    }

    private static void Set(Round round, IEnumerable<LongTailTask> tasks, params ReadOnlySpan<(Metric Metric, double Rank)> columns)
    {
        var millis = tasks.Select(static task => task.Millis).Order().ToArray();
        foreach (var (metric, rank) in columns) round.Set(metric, millis[(int)(millis.Length * rank)]);
    }
}
