using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Resolves from an <see cref="IServiceProvider"/>.</summary>
public class ServiceProviderDependencyResolver(IServiceProvider serviceProvider) : IDependencyResolver
{
    public IServiceProvider ServiceProvider { get; } = serviceProvider;

    public IResolverScope CreateScope() => new ServiceProviderScope(ServiceProvider.CreateScope());

    public T GetService<T>() => ServiceProvider.GetService<T>()!;
    public object GetService(Type type) => ServiceProvider.GetService(type)!;

    public Props Props<T>(params object[] args) where T : ActorBase => Props(typeof(T), args);
    public Props Props(Type type) => Props(type, []);

    public Props Props(Type type, params object[] args) => typeof(ActorBase).IsAssignableFrom(type)
        ? Actor.Props.CreateBy(new ServiceProviderActorProducer(ServiceProvider, type, args))
        : throw new ArgumentException($"[{type}] is no actor: it does not derive from {typeof(ActorBase)}.", nameof(type));
}

/// <summary>A scope of an <see cref="IServiceProvider"/>.</summary>
public class ServiceProviderScope(IServiceScope scope) : IResolverScope
{
    public IDependencyResolver Resolver { get; } = new ServiceProviderDependencyResolver(scope.ServiceProvider);

    public void Dispose() => scope.Dispose();
}

/// <summary>Makes each incarnation of an actor: given arguments first, the others from the container.</summary>
internal sealed class ServiceProviderActorProducer(IServiceProvider provider, Type actorType, object[] args) : IIndirectActorProducer
{
    public Type ActorType => actorType;

    public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(provider, actorType, args);

    public void Release(ActorBase actor)
    {
        // The container owns what it injected, and nobody but its cell owns the actor.
    }
}
