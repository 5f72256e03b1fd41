using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Gate;

/// <summary>What admission has to know of a task.</summary>
/// <param name="Type">What its type has of its own.</param>
/// <param name="Priority">Its class.</param>
/// <param name="Tenant">On whose behalf; null for nobody's.</param>
/// <param name="Target">What its handler talks to, if breakers are kept by target; null for none.</param>
/// <param name="Slot">Its moment at the rate limits; null for a task that asks for a share now.</param>
/// <param name="Now">The time, a timestamp.</param>
internal readonly record struct AdmissionRequest(TypeAdmission Type, TaskPriority Priority, string? Tenant, string? Target, RateSlot? Slot, long Now);
