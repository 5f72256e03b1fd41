using Akka.Actor;
using Akka.Configuration;

namespace Akka.DependencyInjection;

/// <summary>
/// The container that an actor system was started with. Props take the given arguments first and the other constructor arguments from the
/// root scope, at each start and restart. An actor that needs scoped services opens a scope itself and disposes it: Akka manages no lifetimes.
/// </summary>
public sealed class DependencyResolver(IDependencyResolver resolver) : IExtension
{
    public IDependencyResolver Resolver { get; } = resolver;

    public static DependencyResolver For(ActorSystem actorSystem) =>
        actorSystem.WithExtension<DependencyResolver, DependencyResolverExtension>();

    public Props Props<T>(params object[] args) where T : ActorBase => Resolver.Props<T>(args);
    public Props Props<T>() where T : ActorBase => Resolver.Props<T>();
    public Props Props(Type type) => Resolver.Props(type);
    public Props Props(Type type, params object[] args) => Resolver.Props(type, args);
}

/// <summary>Makes the <see cref="DependencyResolver"/> of a system from its <see cref="DependencyResolverSetup"/>.</summary>
public sealed class DependencyResolverExtension : ExtensionIdProvider<DependencyResolver>
{
    public override DependencyResolver CreateExtension(ExtendedActorSystem system)
    {
        var setup = system.Settings.Setup.Get<DependencyResolverSetup>();
        return setup.HasValue ? new DependencyResolver(setup.Value.DependencyResolver) : throw new ConfigurationException(
            $"Actor system '{system.Name}' has no [{nameof(DependencyResolverSetup)}]: pass one to ActorSystem.Create before using dependency injection.");
    }
}
