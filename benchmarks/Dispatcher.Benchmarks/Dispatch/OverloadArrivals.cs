using System.Diagnostics;
using Dispatcher.Actors;
using Dispatcher.Benchmarks.Runner;

namespace Dispatcher.Benchmarks.Dispatch;

/// <summary>The same arrivals for every peer: evenly, as many times as can be served, from a submitter that stands for the world outside and wakes every so often.</summary>
/// <param name="Times">How many times what all processors can serve.</param>
/// <param name="PauseMillis">How long the submitter sleeps; what comes meanwhile comes at once.</param>
internal sealed record OverloadArrivals(double Times, int PauseMillis)
{
    public const double Micros = 50, Seconds = 1.5;

    public static readonly Metric Goodput = new("of capacity", "0.000", HigherIsBetter: true);
    public static readonly Metric P99 = new("P99 ms of the served", "0.0");
    public static readonly Metric Urgent = new("P99 ms of P0", "0.0");
    public static readonly Metric Refused = new("refused", "0.00");
    public static readonly Metric Silent = new("untold", "0");
    public static readonly Metric Overslept = new("submitter overslept, P99 ms", "0.00");
    public static readonly Metric RefusalNanos = new("ns to refuse", "0");
    public static readonly Metric SlowLate = new("slowest 2 % of P0: came late ms", "0.0");
    public static readonly Metric SlowWait = new("waited ms", "0.0");
    public static readonly Metric SlowRun = new("ran ms", "0.0");
    public static readonly Metric SlowReply = new("told after ms", "0.0");

    private const int TimedEvery = 16;

    private static readonly double s_clockNanos = ClockNanos();

    /// <summary>How many tasks come in a round.</summary>
    public int Count => (int)(Environment.ProcessorCount * 1e6 / Micros * Times * Seconds);

    /// <summary>Runs a round on a thread of its own. On the pool of threads it would come round only when the peer leaves it a turn, and measure that.</summary>
    public Task RunAsync<TTask>(Round round, Func<TaskPriority, TTask> make, Action<TTask> submit)
        where TTask : OverloadTask =>
        Task.Factory.StartNew(() => Run(round, make, submit), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run<TTask>(Round round, Func<TaskPriority, TTask> make, Action<TTask> submit)
        where TTask : OverloadTask
    {
        var random = new Random(42);
        var tasks = new TTask[Math.Min(round.Operations, Count)];
        for (var i = 0; i < tasks.Length; i++) tasks[i] = make(random.Next(10) switch { 0 => TaskPriority.P0, < 4 => TaskPriority.P1, _ => TaskPriority.P2 });
        WorkloadRunner.Settle();
        var perSecond = Environment.ProcessorCount * 1e6 / Burn.Micros(Burn.Steps(Micros));
        Outside.Enter();
        round.Begin();
        var (slept, refusals) = Submit(tasks, Stopwatch.Frequency / (perSecond * Times), submit);
        var (elapsed, ended) = (round.Elapsed.TotalSeconds, Stopwatch.GetTimestamp());
        AwaitAll(tasks);
        round.End();

        var served = tasks.Where(static task => task is { IsTold: true, IsRefused: false }).ToArray();
        var urgent = served.Where(static task => task.Priority == TaskPriority.P0).OrderBy(static task => task.Millis).ToArray();
        // What is in the queue then was not served in this time; with it, the longer queue would seem to serve more.
        var inTime = served.Count(task => task.ToldAt <= ended);
        round.Set(Goodput, inTime / (perSecond * Math.Min(Times, 1) * elapsed));
        round.Set(P99, At([.. served.Select(static task => task.Millis).Order()], 0.99));
        round.Set(Urgent, At([.. urgent.Select(static task => task.Millis)], 0.99));
        round.Set(Refused, tasks.Count(static task => task.IsRefused) / (double)tasks.Length);
        round.Set(Silent, tasks.Count(static task => !task.IsTold));
        round.Set(Overslept, At(slept, 0.99));
        round.Set(RefusalNanos, At(refusals, 0.5));
        var slow = urgent[(int)(urgent.Length * 0.98)..];
        round.Set(SlowLate, slow.Average(static task => task.LateMillis));
        round.Set(SlowWait, slow.Average(static task => task.WaitMillis));
        round.Set(SlowRun, slow.Average(static task => task.RunMillis));
        round.Set(SlowReply, slow.Average(static task => task.ReplyMillis));
    }

    // How much longer than it wanted the submitter slept each time, and how long refusals took. A look at the clock costs as much as a refusal, so few are timed.
    private (double[] Slept, double[] Refusals) Submit<TTask>(TTask[] tasks, double gap, Action<TTask> submit)
        where TTask : OverloadTask
    {
        List<double> slept = [], refusals = [];
        using var pause = new ManualResetEvent(false);
        double due = Stopwatch.GetTimestamp();
        var asleep = (long)due;
        for (var i = 0; i < tasks.Length;)
        {
            var now = Stopwatch.GetTimestamp();
            slept.Add(Math.Max(0, Stopwatch.GetElapsedTime(asleep, now).TotalMilliseconds - PauseMillis));
            for (; i < tasks.Length && due <= now; i++, due += gap)
            {
                var task = tasks[i];
                task.DueAt = (long)due;
                if (task.Priority == TaskPriority.P0 || i % TimedEvery == 0) task.SubmittedAt = Stopwatch.GetTimestamp();
                submit(task);
                if (i % TimedEvery == 0 && task.IsRefused) refusals.Add(Nanos(Stopwatch.GetTimestamp() - task.SubmittedAt) - s_clockNanos);
            }
            asleep = Stopwatch.GetTimestamp();
            pause.WaitOne(PauseMillis);
        }
        slept.Sort();
        refusals.Sort();
        return ([.. slept], [.. refusals]);
    }

    private static void AwaitAll(OverloadTask[] tasks)
    {
        using var pause = new ManualResetEvent(false);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < tasks.Length && Stopwatch.GetElapsedTime(began).TotalSeconds < 5;)
        {
            if (tasks[i].Outcomes > 0) i++;
            else pause.WaitOne(1);
        }
    }

    private static double At(double[] sorted, double rank) => sorted.Length == 0 ? double.NaN : sorted[(int)(sorted.Length * rank)];

    private static double ClockNanos()
    {
        var looks = new double[1000];
        for (var i = 0; i < looks.Length; i++)
        {
            var before = Stopwatch.GetTimestamp();
            looks[i] = Nanos(Stopwatch.GetTimestamp() - before);
        }
        Array.Sort(looks);
        return At(looks, 0.5);
    }

    private static double Nanos(long ticks) => ticks * 1e9 / Stopwatch.Frequency;
}
