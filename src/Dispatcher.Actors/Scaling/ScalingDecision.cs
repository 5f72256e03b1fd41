namespace Dispatcher.Actors.Scaling;

/// <summary>What a policy decided.</summary>
/// <param name="Workers">How many workers there should be.</param>
/// <param name="Rule">Which consideration decided it.</param>
/// <param name="Reason">Why, in figures, for an operator: what was measured, what follows from it, what limited it.</param>
internal readonly record struct ScalingDecision(int Workers, ScalingRule Rule, string Reason);
