namespace Dispatcher.Actors.Admission.Overload;

/// <summary>
/// Finds the number of tasks in flight at which they hardly wait: limit = limit x gradient + headroom, smoothed. The gradient is how much longer
/// a task takes than in the long run, between 0.5 and 1. Sources: Netflix concurrency-limits, Gradient2Limit (gradient, tolerance, smoothing, no
/// change while less than half is used); Envoy adaptive concurrency (headroom sqrt(limit)).
/// </summary>
/// <remarks>
/// Two things differ. The long run counts waits only up to the target, or under lasting overload the bad would become the normal and the limit
/// would drift up to its maximum. And tasks that ran out of time count, by their share, or constant time-outs would look like constant,
/// hence good, times (concurrency-limits#137). Both times contain the same run time, so that a slower dependency alone is not taken for a queue.
/// </remarks>
internal static class GradientLimitPolicy
{
    private const double MinGradient = 0.5;
    private const double Tolerance = 1.5;

    // With this share of drops the limit no longer grows.
    private const double DropsThatStopGrowth = 0.05;

    // Below this share of the target a wait is noise.
    private const double LeastShareOfTarget = 0.2;

    /// <summary>What to remember at the start.</summary>
    /// <param name="settings">The settings.</param>
    public static GradientState Start(AdaptiveLimitSettings settings) => new(settings.Initial, settings.TargetWait.TotalSeconds * LeastShareOfTarget);

    /// <summary>Decides after a window.</summary>
    /// <param name="sample">What was seen.</param>
    /// <param name="state">What is remembered.</param>
    /// <param name="settings">The settings.</param>
    public static GradientDecision Decide(in GradientSample sample, in GradientState state, AdaptiveLimitSettings settings)
    {
        long all = sample.Ended + sample.Drops;
        if (all < settings.MinimumSamples)
            return new(Round(state.Estimate), GradientReason.TooFewSamples, 1, state);
        double target = settings.TargetWait.TotalSeconds;
        double smoothing = 2.0 / (settings.LongWindow + 1);
        double longWait = sample.Ended == 0
            ? state.LongWaitSeconds
            : (state.LongWaitSeconds * (1 - smoothing)) + (Math.Min(sample.MeanWaitSeconds, target) * smoothing);
        if (sample.Drops == 0 && sample.PeakInFlight * 2 < state.Estimate)
            return new(Round(state.Estimate), GradientReason.NotLimiting, 1, state with { LongWaitSeconds = longWait });

        double dropShare = (double)sample.Drops / all;
        double baseline = Math.Clamp(longWait, target * LeastShareOfTarget, target);
        double ratio = sample.Ended == 0
            ? 1
            : Tolerance * (baseline + sample.MeanRunSeconds) / Math.Max(double.Epsilon, sample.MeanWaitSeconds + sample.MeanRunSeconds);
        double gradient = Math.Clamp(Math.Min(ratio, 1 - dropShare), MinGradient, 1);
        double headroom = Math.Sqrt(state.Estimate) * Math.Max(0, 1 - (dropShare / DropsThatStopGrowth));
        double wanted = (state.Estimate * gradient) + headroom;
        double estimate = Math.Clamp(
            (state.Estimate * (1 - settings.Smoothing)) + (wanted * settings.Smoothing), settings.Min, settings.Max);
        return new(Round(estimate), Explain(estimate, state.Estimate, dropShare, ratio), gradient, new(estimate, longWait));
    }

    private static GradientReason Explain(double now, double before, double dropShare, double ratio) => now.CompareTo(before) switch
    {
        0 => GradientReason.Steady,
        > 0 => GradientReason.Grown,
        _ => 1 - dropShare < ratio ? GradientReason.Drops : GradientReason.WaitsGrew,
    };

    private static int Round(double estimate) => (int)Math.Round(estimate);
}
