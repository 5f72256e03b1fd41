using Dispatcher.Actors;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Simulation.Rules;

/// <summary>Leaves the size as it is.</summary>
internal sealed class FixedPolicy : IScalingPolicy
{
    public string Name => "best fixed";

    public PolicyState Start => NoState.Instance;

    public PolicyStep Decide(PoolSample sample, PolicyState state, TimeSpan now) =>
        new(new ScalingDecision(sample.Desired, ScalingRule.Hold, "fixed"), state);
}
