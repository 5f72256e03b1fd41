using Dispatcher.Actors.Admission.Breaker;

namespace Dispatcher.Actors.Admission.Overload;

/// <summary>What an accepted task holds of the gate, until its outcome.</summary>
/// <param name="Pass">What its breaker let it in with; null without one.</param>
/// <param name="Type">The number of its type.</param>
internal readonly record struct AdmissionTicket(BreakerPhase? Pass, int Type);
