using System.Globalization;
using Dispatcher.Actors.Scaling.Cpu;
using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Scaling;

/// <summary>
/// One pool's control loop without its actor: sample, decide, keep to what an operator, the bounds and the processor allow, apply. Not for several
/// threads. Knows nothing of Akka, so that the simulation runs the very same loop.
/// </summary>
internal sealed class ScalingLoop
{
    // A tick that follows on the heels of another one has no rate worth the name.
    private const double LeastTickShare = 0.1;

    private readonly ScalingTarget _target;
    private readonly IScalingPolicy _policy;
    private readonly CpuController? _cpu;
    private readonly TimeProvider _time;
    private readonly PoolSampler _sampler;
    private readonly long _origin;
    private PolicyState _state;
    private TimeSpan _last;
    private TimeSpan _lastTaskAt;
    private ScalingRule _lastRule;

    /// <summary>Makes a loop. The first tick begins now.</summary>
    /// <param name="target">The pool.</param>
    /// <param name="policy">Who decides.</param>
    /// <param name="cpu">The process's processor time; null where it does not matter.</param>
    /// <param name="time">Where the time comes from.</param>
    public ScalingLoop(ScalingTarget target, IScalingPolicy policy, CpuController? cpu, TimeProvider time)
    {
        _target = target;
        _policy = policy;
        _cpu = cpu;
        _time = time;
        _sampler = new PoolSampler(target.Gauge, time);
        _origin = time.GetTimestamp();
        _state = policy.Start;
    }

    /// <summary>Why the policy's target cannot be met with such tasks as there are, as soon as that is known; null before, or when it can.</summary>
    public string? Doubt { get; private set; }

    /// <summary>Ends a tick.</summary>
    /// <returns>
    /// What was decided, when it is worth telling: a new size, a growth denied for a new reason, a size that is fixed from now on. Null otherwise.
    /// </returns>
    public ScalingDecided? Tick()
    {
        TimeSpan now = _time.GetElapsedTime(_origin);
        if (now - _last < _target.Settings.Tick * LeastTickShare)
            return null;
        _last = now;
        _sampler.Advance();
        if (_sampler.IsAtRest(_target.Bounds.Min) && _target.Gauge.Pinned == null)
            return null;
        PoolSample sample = _sampler.Sample(_cpu?.Share());
        Doubt ??= _policy.DoubtAbout(sample);
        // While the size is fixed the policy goes on to learn, and knows the load when it takes over again.
        PolicyStep step = _policy.Decide(sample, _state, now);
        _state = step.State;
        ScalingDecision decision = Limit(step.Decision, sample, now);
        bool isNews = decision.Workers != sample.Desired || (decision.Rule != _lastRule && IsTold(decision.Rule));
        _lastRule = decision.Rule;
        if (decision.Workers != sample.Desired)
            _target.Resizer.Resize(decision.Workers);
        return isNews
            ? new ScalingDecided(
                _target.Pool, _time.GetUtcNow(), _policy.Name, sample.Desired, decision.Workers, decision.Rule, decision.Reason, sample)
            : null;
    }

    private static bool IsTold(ScalingRule rule) => rule is ScalingRule.ThroughputVeto or ScalingRule.CpuVeto or ScalingRule.Pinned;

    private ScalingDecision Limit(ScalingDecision decision, PoolSample sample, TimeSpan now)
    {
        if (sample.OfferedPerSecond > 0 || sample.Running > 0 || sample.Queued > 0)
            _lastTaskAt = now;
        if (_target.Gauge.Pinned is { } pin)
            return new ScalingDecision(pin, ScalingRule.Pinned, $"fixed by hand; the policy would take {_target.Bounds.Clamp(decision.Workers)}");
        int size = sample.Desired;
        int least = _target.Bounds.Min;
        if (now - _lastTaskAt >= _target.Settings.IdleTimeout && size > least)
            return new ScalingDecision(least, ScalingRule.Idle, Line($"no task for {(now - _lastTaskAt).TotalSeconds:0} s"));
        int target = _target.Bounds.Clamp(decision.Workers);
        if (_cpu == null || target <= size)
            return decision with { Workers = target };
        double limit = _target.Settings.CpuLimitPercent / 100.0;
        int allowed = _cpu.Allowed(size, target, limit);
        return allowed == target
            ? decision with { Workers = target }
            : new ScalingDecision(
                allowed, ScalingRule.CpuVeto,
                Line($"{target} wanted, but the process uses {sample.CpuShare:P0} of its processor time, {limit:P0} is the limit for growth; {decision.Reason}"));
    }

    private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);
}
