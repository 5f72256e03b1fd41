using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>
/// The breakers of a pool: one for each type of task that has one, and one for each target of those that name a target. A bounded number of
/// targets; one whose breaker is closed and has seen no trouble makes room. A target for which there is no room has no breaker, and is counted.
/// </summary>
internal sealed class BreakerSet
{
    private readonly CircuitBreaker?[] _byType;
    private readonly BoundedKeyMap<Target>? _targets;

    /// <summary>Puts breakers together.</summary>
    /// <param name="byType">By the number of the type; null where it has none.</param>
    /// <param name="perTarget">The rules for each target; null for no breakers by target.</param>
    /// <param name="maxTargets">How many targets there may be at a time.</param>
    /// <param name="time">Where timestamps come from.</param>
    /// <param name="onChanged">Told of each change of state of a target's breaker.</param>
    public BreakerSet(
        CircuitBreaker?[] byType, BreakerSettings? perTarget, int maxTargets, TimeProvider time, Action<BreakerStateChanged>? onChanged)
    {
        _byType = byType;
        if (perTarget != null)
            _targets = new BoundedKeyMap<Target>(maxTargets, (target, _) => new Target(target, new CircuitBreaker(target, perTarget, time, onChanged)));
    }

    /// <summary>How many tasks went to a target without a breaker because there was no room for one.</summary>
    public long Unguarded => _targets?.TurnedAway ?? 0;

    /// <summary>The breaker of a task: its target's, else its type's.</summary>
    /// <param name="request">The task.</param>
    /// <returns>The breaker; null for none.</returns>
    public CircuitBreaker? Find(in AdmissionRequest request)
    {
        if (_targets != null && request.Target != null && _targets.Find(request.Target, request.Now) is { } target)
            return target.Breaker;
        return (uint)request.Type < (uint)_byType.Length ? _byType[request.Type] : null;
    }

    /// <summary>Does something with every breaker.</summary>
    /// <param name="visit">What to do.</param>
    public void ForEach(Action<CircuitBreaker> visit)
    {
        foreach (CircuitBreaker? breaker in _byType)
        {
            if (breaker != null)
                visit(breaker);
        }

        _targets?.ForEach(target => visit(target.Breaker));
    }

    private sealed class Target : KeyEntry
    {
        public Target(string target, CircuitBreaker breaker)
            : base(target) => Breaker = breaker;

        public CircuitBreaker Breaker { get; }

        // A task that found it just before may still count on it. It forgets a few calls then; it holds no place that could be lost.
        public override bool TryClose(long now) => Breaker.IsQuiet(now);
    }
}
