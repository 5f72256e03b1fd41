namespace Dispatcher.Actors.Diagnosis;

/// <summary>What a look has seen that is not as it should be.</summary>
/// <param name="Kind">What it is a sign of.</param>
/// <param name="Pool">The pool; null for the process.</param>
/// <param name="TaskType">The type of task; null for none.</param>
/// <param name="For">For how long, as far as is known.</param>
/// <param name="Evidence">The figures.</param>
internal sealed record Symptom(FindingKind Kind, string? Pool, string? TaskType, TimeSpan For, string Evidence);
