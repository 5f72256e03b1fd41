using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>
/// A circuit breaker for each target that tasks name. A bounded number of targets; one whose breaker is closed and has seen no trouble makes room. A
/// target for which there is no room has no breaker, and is counted.
/// </summary>
internal sealed class TargetBreakers
{
    private readonly BoundedKeyMap<Target> _targets;

    /// <summary>Makes an empty set.</summary>
    /// <param name="each">The rules for each target.</param>
    /// <param name="capacity">How many targets there may be at a time.</param>
    /// <param name="time">Where timestamps come from.</param>
    /// <param name="onChanged">Told of each change of state of a breaker.</param>
    public TargetBreakers(BreakerSettings each, int capacity, TimeProvider time, Action<BreakerStateChanged>? onChanged) =>
        _targets = new BoundedKeyMap<Target>(capacity, (target, _) => new Target(target, new CircuitBreaker(target, each, time, onChanged)));

    /// <summary>How many tasks went to a target without a breaker because there was no room for one.</summary>
    public long Unguarded => _targets.TurnedAway;

    /// <summary>The breaker of a target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The breaker; null where there is no room for it.</returns>
    public CircuitBreaker? Find(string target, long now) => _targets.Find(target, now)?.Breaker;

    /// <summary>Does something with every breaker.</summary>
    /// <param name="visit">What to do.</param>
    public void ForEach(Action<CircuitBreaker> visit) => _targets.ForEach(target => visit(target.Breaker));

    private sealed class Target : KeyEntry
    {
        public Target(string target, CircuitBreaker breaker)
            : base(target) => Breaker = breaker;

        public CircuitBreaker Breaker { get; }

        // A task that found it just before may still count on it. It forgets a few calls then; it holds no place that could be lost.
        public override bool TryClose(long now) => Breaker.IsQuiet(now);
    }
}
