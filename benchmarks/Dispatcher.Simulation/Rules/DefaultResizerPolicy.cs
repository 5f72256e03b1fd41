using System.Globalization;
using Dispatcher.Actors;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Simulation.Rules;

/// <summary>
/// For comparison: the rule of Akka.NET's DefaultResizer with its default figures, asked by the clock and not every ten messages. Pressure is how
/// many workers have a task and more waiting; in a shared queue, the smaller of the tasks that run and the tasks that wait. All under pressure: a
/// fifth more. Under three tenths of them: a tenth fewer.
/// </summary>
internal sealed class DefaultResizerPolicy : ScalingPolicy<NoState>
{
    private const double RampUpRate = 0.2;
    private const double BackOffThreshold = 0.3;
    private const double BackOffRate = 0.1;

    private readonly ScalingBounds _bounds;

    /// <summary>Makes the policy.</summary>
    /// <param name="bounds">The pool's bounds.</param>
    public DefaultResizerPolicy(ScalingBounds bounds) => _bounds = bounds;

    /// <inheritdoc/>
    public override string Name => "default-resizer";

    /// <inheritdoc/>
    public override PolicyState Start => NoState.Instance;

    /// <inheritdoc/>
    protected override PolicyStep Decide(PoolSample sample, NoState state, TimeSpan now)
    {
        int size = sample.Desired;
        int pressure = Math.Min(sample.Running, sample.Queued);
        int change = 0;
        if (pressure >= size)
            change = (int)Math.Ceiling(RampUpRate * size);
        else if ((double)pressure / size < BackOffThreshold)
            change = (int)Math.Floor(-BackOffRate * size);
        int target = _bounds.Clamp(size + change);
        ScalingRule rule = target > size ? ScalingRule.Demand : target < size ? ScalingRule.Surplus : ScalingRule.Hold;
        string reason = string.Create(CultureInfo.InvariantCulture, $"{pressure} of {size} workers are under pressure");
        return new PolicyStep(new ScalingDecision(target, rule, reason), state);
    }
}
