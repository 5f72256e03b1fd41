namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>A decision and what to remember of it.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="State">The state for the next tick.</param>
internal readonly record struct PolicyStep(ScalingDecision Decision, PolicyState State);
