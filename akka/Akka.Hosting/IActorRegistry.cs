using Akka.Actor;

namespace Akka.Hosting;

/// <summary>Looks up the top-level actors of an application by marker type.</summary>
public interface IReadOnlyActorRegistry : IEnumerable<KeyValuePair<Type, IActorRef>>
{
    /// <summary>False, and <see cref="ActorRefs.Nobody"/>, where the key has no actor.</summary>
    bool TryGet<TKey>(out IActorRef actor);
    bool TryGet(Type key, out IActorRef actor);

    /// <exception cref="MissingActorRegistryEntryException">The key has no actor.</exception>
    IActorRef Get<TKey>();

    /// <summary>Waits until the key has an actor.</summary>
    Task<IActorRef> GetAsync<TKey>(CancellationToken ct = default);
    Task<IActorRef> GetAsync(Type key, CancellationToken ct = default);
}

/// <summary>Keeps the top-level actors of an application by marker type.</summary>
public interface IActorRegistry : IReadOnlyActorRegistry
{
    /// <exception cref="DuplicateActorRegistryException">The key has an actor and <paramref name="overwrite"/> is false.</exception>
    void Register<TKey>(IActorRef actor, bool overwrite = false);

    /// <summary>False where the key has an actor and <paramref name="overwrite"/> is false, or where <paramref name="actor"/> is null.</summary>
    bool TryRegister<TKey>(IActorRef actor, bool overwrite = false);
    bool TryRegister(Type key, IActorRef actor, bool overwrite = false);
}
