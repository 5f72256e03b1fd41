namespace Akka.Hosting;

/// <summary>An error of the <see cref="ActorRegistry"/>.</summary>
public class ActorRegistryException(string message) : Exception(message);

/// <summary>A key was registered twice without leave to overwrite.</summary>
public sealed class DuplicateActorRegistryException(string message) : ActorRegistryException(message);

/// <summary>A key has no actor.</summary>
public sealed class MissingActorRegistryEntryException(string message) : ActorRegistryException(message);
