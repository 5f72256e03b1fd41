using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Scaling;

namespace Dispatcher.Simulation;

/// <summary>The settings of the rules: the product's defaults.</summary>
internal sealed record RuleSettings(ScalingSettings Scaling)
{
    /// <summary>72 h by the original, or it would never shrink within a run.</summary>
    public TimeSpan ExploringShrinkAfter { get; init; } = TimeSpan.FromMinutes(1);

    public static RuleSettings Default { get; } = new(SettingsReader.ReadPool(
        ReferenceConfig.Value, "simulation", new Dictionary<string, object> { ["workers.min"] = Workloads.MinWorkers, ["workers.max"] = Workloads.MaxWorkers }).Scaling);
}
