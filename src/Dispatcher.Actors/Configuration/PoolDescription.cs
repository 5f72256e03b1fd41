namespace Dispatcher.Actors.Configuration;

/// <summary>A pool as code describes it, for those who read its settings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">What code sets, by the key's path below the pool.</param>
/// <param name="Handlers">Its handlers.</param>
internal sealed record PoolDescription(string Name, IReadOnlyDictionary<string, object> Code, DeclaredHandlers Handlers);
