namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// Finds the number of tasks in flight at which workers never lack any and none stands in a queue that does not drain. The gradient compares how
/// long a task should stay at most with how long the luckiest one stayed, between 0.5 and 1. Sources: Netflix concurrency-limits, Gradient2Limit
/// (gradient, tolerance, smoothing); Envoy adaptive concurrency (a least value instead of a mean); J. Little, "A Proof for the Queuing Formula
/// L = lambda W" (the luckiest stay, from the fewest in flight); RFC 8289 (only what stands for a whole interval is too much).
/// </summary>
/// <remarks>
/// A mean would be wrong here. Tasks that come in bursts wait for each other, yet the queue drains between two bursts; a limit that takes these
/// waits for overload turns the next burst away and lets workers idle. So it shrinks by a part of what never drained in a window, and grows by what
/// workers lacked while it turned tasks away: with a limit L and a share d of the time without work, L / (1 - d) would have sufficed. Tasks that ran
/// out of time count, by their share, or constant time-outs would look like constant, hence good, times (concurrency-limits#137). What is a good
/// time contains the run time, so that a slower dependency alone is not taken for a queue.
/// </remarks>
internal static class GradientLimitPolicy
{
    /// <summary>Workers may lack tasks for this share of the time: to cover the submitters' longest pause as well would cost everybody's wait.</summary>
    public const double DryShareThatIsGood = 0.005;

    private const double MinGradient = 0.5;
    private const double Tolerance = 1.5;

    // Who may wait for so long at the limit need not wait longer, whatever the workers lack. A tenth as long is worth a tenth of their time.
    private const double WaitWorthAllTime = 0.25;

    // While it keeps tasks out and workers lack none it may be larger than it has to be. So much less in the next window finds out.
    private const double Relaxation = 0.005;

    // With this share of drops the limit no longer grows.
    private const double DropsThatStopGrowth = 0.05;

    /// <summary>Decides after a window.</summary>
    /// <param name="sample">What was seen.</param>
    /// <param name="estimate">The limit so far, before rounding.</param>
    /// <param name="settings">The settings.</param>
    public static GradientDecision Decide(in GradientSample sample, double estimate, AdaptiveLimitSettings settings)
    {
        long all = sample.Ended + sample.Drops;
        if (all < settings.MinimumSamples)
            return new(Round(estimate), GradientReason.TooFewSamples, 1, estimate);
        double dropShare = (double)sample.Drops / all;
        double queueGradient = QueueGradient(sample, settings.TargetWait.TotalSeconds);
        double gradient = Math.Clamp(Math.Min(queueGradient, 1 - dropShare), MinGradient, 1);
        double lacked = sample.HasRefused && dropShare < DropsThatStopGrowth ? sample.LackedShare - GoodShare(sample, estimate) : 0;

        double wanted = estimate;
        if (gradient < 1)
        {
            // From where it begins to limit.
            double used = Math.Min(estimate, sample.MostInFlight);
            wanted = used - (settings.Smoothing * Math.Max(used * Math.Min(dropShare, MinGradient), sample.LeastInFlight * (1 - queueGradient)));
        }
        else if (lacked > 0)
        {
            wanted /= Math.Max(MinGradient, 1 - lacked);
        }
        else if (sample.HasRefused)
        {
            wanted *= 1 - Relaxation;
        }

        wanted = Math.Clamp(wanted, settings.Min, settings.Max);
        return new(Round(wanted), Explain(wanted.CompareTo(estimate), sample.HasRefused, gradient == 1, 1 - dropShare < queueGradient), gradient, wanted);
    }

    // How long each task should stay at most, to how long the luckiest one stayed. 1 when it did not stay longer, or nobody knows.
    private static double QueueGradient(in GradientSample sample, double target)
    {
        if (sample.Ended == 0)
            return 1;
        double leastStay = sample.LeastInFlight * sample.Seconds / sample.Ended;
        return Math.Min(1, (target + (Tolerance * sample.MeanRunSeconds)) / leastStay);
    }

    // A limit L makes tasks wait for up to the time in which L are served. The longer that is, the more idle time it takes to be worth more of it.
    private static double GoodShare(in GradientSample sample, double estimate) =>
        DryShareThatIsGood + (estimate * sample.Seconds * (1 - sample.LackedShare) / Math.Max(1, sample.Ended) / WaitWorthAllTime);

    private static GradientReason Explain(int change, bool hasRefused, bool isGood, bool isByDrops) => change switch
    {
        0 => hasRefused ? GradientReason.Steady : GradientReason.NotLimiting,
        > 0 => GradientReason.RanDry,
        _ when isGood => GradientReason.Relaxed,
        _ => isByDrops ? GradientReason.Drops : GradientReason.QueueStands,
    };

    private static int Round(double estimate) => (int)Math.Round(estimate);
}
