using System.Globalization;

namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>
/// The rule of the article on goroutine pools (row S1 of its requirements): target = max(base, qps / 120 + max(0, (p99 - 300 ms) / 10 ms)). Grows to
/// the target, only after 5 s of rising QPS and 3 breaches of the P99 in a row; shrinks later and by one worker a tick. QPS is the mean of the
/// last 5 s, since no rate of single seconds rises five times in a row; P99 is that of wait and run time together; the base is the pool's minimum.
/// </summary>
internal sealed class ArticlePolicy : ScalingPolicy<ArticleState>
{
    private readonly ArticleSettings _settings;
    private readonly ScalingBounds _bounds;

    /// <summary>Makes the policy.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="bounds">The pool's bounds.</param>
    public ArticlePolicy(ArticleSettings settings, ScalingBounds bounds)
    {
        _settings = settings;
        _bounds = bounds;
        Start = new ArticleState { Qps = new MeanWindow(settings.RisingFor) };
    }

    /// <inheritdoc/>
    public override string Name => "article";

    /// <inheritdoc/>
    public override PolicyState Start { get; }

    /// <inheritdoc/>
    public override string? DoubtAbout(PoolSample sample) => sample.Ended > 0 && sample.RunP99 > _settings.Latency
        ? string.Create(CultureInfo.InvariantCulture, $"scaling.article.latency = {_settings.Latency.TotalMilliseconds:0.##}ms is below the P99 run time of {sample.RunP99.TotalMilliseconds:0.##} ms: no number of workers keeps it, the pool grows to its maximum; expected more than that")
        : null;

    /// <summary>The formula, before the conditions.</summary>
    /// <param name="qps">Tasks offered a second.</param>
    /// <param name="p99">The 99th percentile of the latency.</param>
    public int TargetFor(double qps, TimeSpan p99)
    {
        double excess = Math.Max(0, (p99 - _settings.Latency) / _settings.LatencyPerWorker);
        return _bounds.Clamp(Math.Ceiling((qps / _settings.QpsPerWorker) + excess));
    }

    /// <inheritdoc/>
    protected override PolicyStep Decide(PoolSample sample, ArticleState state, TimeSpan now)
    {
        MeanWindow qps = state.Qps.With(sample.OfferedPerSecond, sample.Interval);
        int target = TargetFor(qps.Mean, sample.LatencyP99);
        ArticleState next = new()
        {
            Qps = qps,
            RisingFor = qps.Mean > state.Qps.Mean ? state.RisingFor + sample.Interval : TimeSpan.Zero,
            Breaches = sample.LatencyP99 > _settings.Latency ? state.Breaches + 1 : 0,
            SurplusFor = target < sample.Desired ? state.SurplusFor + sample.Interval : TimeSpan.Zero,
        };
        return new PolicyStep(Decide(sample, next, target), next);
    }

    private ScalingDecision Decide(PoolSample sample, ArticleState state, int target)
    {
        int size = sample.Desired;
        if (target > size && state.RisingFor >= _settings.RisingFor && state.Breaches >= _settings.Breaches)
        {
            string why = $"risen for {state.RisingFor.TotalSeconds:0} s, {state.Breaches} breaches in a row";
            return new ScalingDecision(target, ScalingRule.Demand, $"{Figures(sample, state, target)}; {why}");
        }

        if (target < size && state.SurplusFor > _settings.ShrinkAfter)
        {
            string why = $"fewer were enough for {state.SurplusFor.TotalSeconds:0} s, one goes a tick";
            return new ScalingDecision(size - 1, ScalingRule.Surplus, $"{Figures(sample, state, target)}; {why}");
        }

        // Nobody is told of it.
        return new ScalingDecision(size, ScalingRule.Hold, "");
    }

    private string Figures(PoolSample sample, ArticleState state, int target) => string.Create(
        CultureInfo.InvariantCulture,
        $"{state.Qps.Mean:0.#}/s by {_settings.QpsPerWorker} a worker and P99 {sample.LatencyP99.TotalMilliseconds:0.#} ms make {target}");
}
