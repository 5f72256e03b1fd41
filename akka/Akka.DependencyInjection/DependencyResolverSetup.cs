using Akka.Actor.Setup;

namespace Akka.DependencyInjection;

/// <summary>Starts an actor system with a dependency injection container.</summary>
public class DependencyResolverSetup : Setup
{
    private DependencyResolverSetup(IDependencyResolver dependencyResolver) => DependencyResolver = dependencyResolver;

    public IDependencyResolver DependencyResolver { get; }

    public static DependencyResolverSetup Create(IServiceProvider provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DependencyResolverSetup(new ServiceProviderDependencyResolver(provider));
    }

    public static DependencyResolverSetup Create(IDependencyResolver provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DependencyResolverSetup(provider);
    }
}
