using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Moves a pool's concurrency limit as <see cref="GradientLimitPolicy"/> decides, window by window. For one caller.</summary>
internal sealed class AdaptiveLimit
{
    private readonly AdaptiveLimitSettings _settings;
    private readonly ConcurrencyLimiter _limiter;
    private readonly double _frequency;
    private GradientState _state;
    private LoadCounts _pending;
    private int _peak;

    /// <summary>Takes a limiter over.</summary>
    /// <param name="settings">The settings, validated.</param>
    /// <param name="limiter">The limiter.</param>
    /// <param name="frequency">Timestamp units a second.</param>
    public AdaptiveLimit(AdaptiveLimitSettings settings, ConcurrencyLimiter limiter, long frequency)
    {
        _settings = settings;
        _limiter = limiter;
        _frequency = frequency;
        _state = GradientLimitPolicy.Start(settings);
        limiter.SetLimit(settings.Initial);
    }

    /// <summary>Decides after a window. Windows with few tasks are put together until they are enough.</summary>
    /// <param name="load">What the window brought.</param>
    public GradientDecision Tick(in LoadCounts load)
    {
        _pending = _pending.Plus(load);
        _peak = Math.Max(_peak, _limiter.TakePeak());
        double served = Math.Max(1, _pending.Served) * _frequency;
        GradientSample sample = new(_pending.Served, _pending.Drops, _pending.Wait / served, _pending.Run / served, _peak);
        GradientDecision decision = GradientLimitPolicy.Decide(sample, _state, _settings);
        _state = decision.State;
        if (decision.Reason == GradientReason.TooFewSamples)
            return decision;
        _limiter.SetLimit(decision.Limit);
        _pending = default;
        _peak = 0;
        return decision;
    }
}
