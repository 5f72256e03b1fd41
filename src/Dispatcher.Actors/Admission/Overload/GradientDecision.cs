namespace Dispatcher.Actors.Admission.Overload;

/// <summary>The adaptive limit for the next window.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Reason">Why.</param>
/// <param name="Gradient">How good times were: 1 for good, less the longer tasks stayed than they should. At least 0.5.</param>
/// <param name="Estimate">The limit before rounding; to remember.</param>
internal readonly record struct GradientDecision(int Limit, GradientReason Reason, double Gradient, double Estimate);
