namespace Dispatcher.Actors.Configuration;

/// <summary>What a pool's builder says of its handlers, as far as settings depend on it.</summary>
/// <param name="Classes">The types of task that have one, and the class of workers that code declares it for; null where it declares none.</param>
internal sealed record DeclaredHandlers(IReadOnlyDictionary<Type, WorkerClass?> Classes)
{
    /// <summary>The types of task that have a handler.</summary>
    public IEnumerable<Type> TaskTypes => Classes.Keys;
}
