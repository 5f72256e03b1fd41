using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Simulation.Rules;

/// <summary>A policy that remembers nothing.</summary>
internal sealed record NoState : PolicyState
{
    /// <summary>The one there is.</summary>
    public static readonly NoState Instance = new();
}
