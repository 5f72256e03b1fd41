namespace Dispatcher.Actors.Admission.Overload;

/// <summary>The adaptive limit for the next window.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Reason">Why.</param>
/// <param name="Gradient">What the limit was multiplied with before the headroom was added; 1 if it was not.</param>
/// <param name="State">What to remember.</param>
internal readonly record struct GradientDecision(int Limit, GradientReason Reason, double Gradient, GradientState State);
