namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What the gate saw in one window and decided for the next, for the decision log and for metrics.</summary>
/// <param name="Load">What came and what left.</param>
/// <param name="Limit">The adaptive limit and why; null without one.</param>
/// <param name="Shed">The shares that are shed; null without shedding.</param>
/// <param name="Stands">Whether a queue stands.</param>
internal readonly record struct AdmissionWindow(LoadCounts Load, GradientDecision? Limit, ShedDecision? Shed, bool Stands);
