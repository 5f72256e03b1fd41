namespace Dispatcher.Actors.Admission.Limits;

/// <summary>What admission has to know of a task.</summary>
/// <param name="Priority">Its class.</param>
/// <param name="Type">The number of its type among the pool's.</param>
/// <param name="Tenant">On whose behalf; null for nobody's.</param>
/// <param name="Target">What its handler talks to, if breakers are kept by target; null for none.</param>
/// <param name="Now">The time, a timestamp.</param>
internal readonly record struct AdmissionRequest(TaskPriority Priority, int Type, string? Tenant, string? Target, long Now);
