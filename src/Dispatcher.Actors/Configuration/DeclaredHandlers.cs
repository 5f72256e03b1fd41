namespace Dispatcher.Actors.Configuration;

/// <summary>What a pool's builder says of its handlers, as far as settings depend on it.</summary>
/// <param name="TaskTypes">The types of task that have one.</param>
/// <param name="AnyBlocking">Whether one is declared blocking.</param>
internal sealed record DeclaredHandlers(IReadOnlyList<Type> TaskTypes, bool AnyBlocking);
