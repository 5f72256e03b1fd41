namespace Dispatcher.Actors.Admission.Keys;

/// <summary>What a step in the order of a key sets going. The moves are made; who made the step puts the tasks where they belong, outside of the lock.</summary>
/// <param name="Released">Tasks that got their turn and now go into the intake; the first of a chain by <see cref="KeyLink.NextReleased"/>.</param>
/// <param name="Lined">A task that now goes into the waiting line for its place; null for none.</param>
internal readonly record struct KeyStep(KeyLink? Released, KeyLink? Lined);
