namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>A policy with a state of its own type.</summary>
/// <typeparam name="TState">The type.</typeparam>
internal abstract class ScalingPolicy<TState> : IScalingPolicy
    where TState : PolicyState
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract PolicyState Start { get; }

    /// <inheritdoc/>
    public PolicyStep Decide(PoolSample sample, PolicyState state, TimeSpan now) => Decide(sample, (TState)state, now);

    /// <inheritdoc/>
    public virtual string? DoubtAbout(PoolSample sample) => null;

    /// <inheritdoc cref="IScalingPolicy.Decide"/>
    protected abstract PolicyStep Decide(PoolSample sample, TState state, TimeSpan now);
}
