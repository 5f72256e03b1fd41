using Akka.Actor;

namespace Akka.Hosting;

/// <summary>An actor of the <see cref="ActorRegistry"/>, for injection by its key <typeparamref name="TActor"/>.</summary>
public interface IRequiredActor<TActor>
{
    /// <exception cref="MissingActorRegistryEntryException">The key has no actor yet.</exception>
    IActorRef ActorRef { get; }

    /// <summary>Waits until the key has an actor: for code that runs while the host still starts.</summary>
    Task<IActorRef> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>Looks its actor up once and keeps it: a later overwrite in the registry is not seen.</summary>
public sealed class RequiredActor<TActor>(IReadOnlyActorRegistry registry) : IRequiredActor<TActor>
{
    private IActorRef? _actor;

    public IActorRef ActorRef => _actor ??= registry.TryGet<TActor>(out var found) ? found : throw new MissingActorRegistryEntryException(
        $"No actor registered for key [{typeof(TActor)}]: where the host may still be starting, as in a hosted service, await GetAsync instead.");

    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        _actor ??= await registry.GetAsync<TActor>(cancellationToken).ConfigureAwait(false);
}
