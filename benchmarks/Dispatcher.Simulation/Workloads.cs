namespace Dispatcher.Simulation;

/// <summary>
/// The workloads. Tasks run 6.25 ms on average unless told otherwise: then a worker in use for three quarters of its time does 120 a second, the
/// figure that the article's rule has built in, so that no rule is at a disadvantage by the choice of the tasks.
/// </summary>
internal static class Workloads
{
    private const double MeanRunSeconds = 0.00625;

    // Tasks an hour of a day by hour, as a share of the busiest: quiet night, rise in the morning, dip at noon, peak in the evening.
    private static readonly double[] s_day =
    [
        0.22, 0.17, 0.13, 0.11, 0.10, 0.12, 0.20, 0.38, 0.62, 0.80, 0.88, 0.90,
        0.82, 0.76, 0.80, 0.84, 0.83, 0.80, 0.84, 0.93, 1.00, 0.88, 0.62, 0.38,
    ];

    private static readonly TimeSpan s_length = TimeSpan.FromMinutes(24);

    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<Workload> All { get; } =
    [
        Make("constant", "4000/s all the time", static _ => 4000, 4000) with { IsConstant = true },
        Make("heavy tail", "4000/s all the time; 1 % of the tasks run 60 times as long as the others", static _ => 4000, 4000) with
        {
            RunSeconds = static random => random.NextExponential() * MeanRunSeconds / 1.59 * (random.Next() < 0.01 ? 60 : 1),
            IsConstant = true,
        },
        Make("10x step", "480/s, from minute 5 to 15 ten times that", static t => t is >= 300 and < 900 ? 4800 : 480, 4800) with { Shocks = [300] },
        Make("square wave", "1200/s and 6000/s, two minutes each", static t => t % 240 < 120 ? 1200 : 6000, 6000) with
        {
            PeriodSeconds = 240,
            Shocks = [360, 600, 840, 1080, 1320],
        },
        Make("sawtooth", "rises from 600/s to 6000/s in three minutes, drops, again", static t => 600 + (5400 * (t % 180) / 180), 6000) with
        {
            PeriodSeconds = 180,
        },
        Make("day", "a day's trace, an hour a minute: 600/s at night, 6000/s in the evening, with gusts of 10 s", Day, 7200),
        Make("slow dependency", "2400/s; from minute 5 to 10 what the tasks call serves 1200/s at most, whatever the number of callers", static _ => 2400, 2400) with
        {
            Slowdown = static (t, running) => t is >= 300 and < 600 ? Math.Max(1, running / (1200 * MeanRunSeconds)) : 1,
            Shocks = [600],
        },
        Make("cold start", "2400/s from the start on a pool of its minimum; a worker takes 2 s to come up and runs at a third of its speed for 10 s", static _ => 2400, 2400) with
        {
            Length = TimeSpan.FromMinutes(6),
            StartTime = TimeSpan.FromSeconds(2),
            ColdFor = TimeSpan.FromSeconds(10),
            ColdFactor = 3,
            Workers = MinWorkers,
            MeasuredFrom = 0,
            Shocks = [0],
        },
    ];

    public const int MinWorkers = 2;

    public const int MaxWorkers = 200;

    private static Workload Make(string name, string about, Func<double, double> rate, double maxRate) => new()
    {
        Name = name,
        About = about,
        Length = s_length,
        Rate = rate,
        MaxRate = maxRate,
        RunSeconds = static random => random.NextExponential() * MeanRunSeconds,
        Workers = (int)Math.Ceiling(rate(0) * MeanRunSeconds / 0.75),
        MeasuredFrom = 60,
        StartTime = TimeSpan.FromMilliseconds(100),
        ColdFor = TimeSpan.FromSeconds(1),
        ColdFactor = 2,
    };

    private static double Day(double t)
    {
        double hour = t / 60;
        int from = (int)hour % s_day.Length;
        int to = (from + 1) % s_day.Length;
        double share = s_day[from] + ((s_day[to] - s_day[from]) * (hour - Math.Floor(hour)));
        // Gusts of up to 20 %, the same in every run.
        double gust = 1 + (0.2 * ((new Rng((ulong)(t / 10) + 1).Next() * 2) - 1));
        return 6000 * share * gust;
    }
}
