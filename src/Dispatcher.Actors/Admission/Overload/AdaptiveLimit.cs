using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Moves a pool's concurrency limit as <see cref="GradientLimitPolicy"/> decides, window by window. One decision at a time; the rest from any thread.</summary>
internal sealed class AdaptiveLimit
{
    private readonly AdaptiveLimitSettings _settings;
    private readonly ConcurrencyLimiter _limiter;
    private double _estimate;
    private LoadWindow _pending;
    private volatile bool _hasRefused;

    /// <summary>Takes a limiter over.</summary>
    /// <param name="settings">The settings, validated.</param>
    /// <param name="limiter">The limiter.</param>
    public AdaptiveLimit(AdaptiveLimitSettings settings, ConcurrencyLimiter limiter)
    {
        _settings = settings;
        _limiter = limiter;
        _estimate = settings.Initial;
        limiter.SetLimit(settings.Initial);
    }

    /// <summary>The limit.</summary>
    public int Limit => (int)Math.Round(_estimate);

    /// <summary>Whether more came lately than could be served: tasks were kept out, and workers did not lack any.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>How many tasks were in the queue at any time lately.</summary>
    public double Standing { get; private set; }

    /// <summary>Workers begin to have nothing to do.</summary>
    /// <returns>Whether tasks were kept out since the last time, so that they are lacking now.</returns>
    public bool OnEmpty()
    {
        bool lacks = _limiter.TakeRefused();
        if (lacks)
            _hasRefused = true;
        return lacks;
    }

    /// <summary>A task was too old to be run. With more of them in the queue workers would have had no more to do.</summary>
    public void OnShed()
    {
        if (_limiter.TakeRefused())
            _hasRefused = true;
    }

    /// <summary>Decides after a window. Windows with few tasks are put together until they are enough.</summary>
    /// <param name="window">The window.</param>
    public GradientDecision Decide(in LoadWindow window)
    {
        _pending = _pending.Seconds == 0 ? window : _pending.Plus(window);
        LoadCounts load = _pending.Load;
        if (load.Served + load.Drops < _settings.MinimumSamples)
            return new(Limit, GradientReason.TooFewSamples, 1, _estimate);
        bool hasRefused = _limiter.TakeRefused() | _hasRefused;
        _hasRefused = false;
        GradientSample sample = new(
            _pending.Seconds,
            load.Served,
            load.Drops,
            _pending.RunSeconds / Math.Max(1, load.Served),
            _limiter.TakeLeast(),
            _limiter.TakeMost(),
            hasRefused,
            _pending.LackedShare);
        GradientDecision decision = GradientLimitPolicy.Decide(sample, _estimate, _settings);
        IsExceeded = hasRefused && _pending.DryShare <= GradientLimitPolicy.DryShareThatIsGood;
        Standing = Math.Max(0, sample.LeastInFlight - (_pending.RunSeconds / _pending.Seconds));
        _estimate = decision.Estimate;
        _limiter.SetLimit(decision.Limit);
        _pending = default;
        return decision;
    }
}
