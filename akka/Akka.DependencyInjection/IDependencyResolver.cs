using Akka.Actor;

namespace Akka.DependencyInjection;

/// <summary>What an actor system asks of a dependency injection container. A service that is not registered is null.</summary>
public interface IDependencyResolver
{
    IResolverScope CreateScope();
    T GetService<T>();
    object GetService(Type type);
    Props Props(Type type);
    Props Props(Type type, params object[] args);
    Props Props<T>(params object[] args) where T : ActorBase;
}

/// <summary>A scope of the container: what it made lives until whoever opened it disposes it.</summary>
public interface IResolverScope : IDisposable
{
    IDependencyResolver Resolver { get; }
}
