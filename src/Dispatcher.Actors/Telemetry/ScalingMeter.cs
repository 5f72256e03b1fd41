using System.Diagnostics.Metrics;

namespace Dispatcher.Actors.Telemetry;

/// <summary>The control loop's metrics.</summary>
internal static class ScalingMeter
{
    private static readonly Meter s_meter = new("Dispatcher.Actors");

    private static readonly Counter<long> s_decisions = s_meter.CreateCounter<long>(
        "dispatcher.scaling.decisions", "{decision}", "Decisions about the size of a pool, by pool, policy, rule and direction.");

    /// <summary>Counts a decision.</summary>
    /// <param name="pool">The pool's name.</param>
    /// <param name="policy">The policy that decided.</param>
    /// <param name="rule">Which consideration decided it.</param>
    /// <param name="change">By how many workers the pool grows; negative when it shrinks.</param>
    public static void Count(string pool, string policy, string rule, int change)
    {
        string direction = change > 0 ? "up" : change < 0 ? "down" : "none";
        s_decisions.Add(1, new("dispatcher.pool", pool), new("dispatcher.policy", policy), new("dispatcher.rule", rule), new("dispatcher.direction", direction));
    }
}
