using Dispatcher.Actors.Admission.Overload;

namespace Dispatcher.Actors.Admission.Gate;

/// <summary>What the gate saw in one window and decided for the next.</summary>
/// <param name="Load">What happened in it.</param>
/// <param name="Limit">The adaptive limit and why; null without one.</param>
/// <param name="Shed">The shares that are shed; null without shedding.</param>
/// <param name="Stands">Whether a queue stands.</param>
internal sealed record AdmissionWindow(LoadWindow Load, GradientDecision? Limit, ShedDecision? Shed, bool Stands);
