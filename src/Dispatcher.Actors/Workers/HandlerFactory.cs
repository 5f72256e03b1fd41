using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Workers;

/// <summary>Makes handlers, and says which one could not be made.</summary>
internal static class HandlerFactory
{
    /// <summary>Makes a handler: the registered service of its type, else by its constructor with services.</summary>
    /// <typeparam name="THandler">Its type.</typeparam>
    /// <param name="services">The services; null for none.</param>
    /// <exception cref="HandlerConstructionException">It could not be made.</exception>
    public static THandler Make<THandler>(IServiceProvider? services)
        where THandler : class
    {
        try
        {
            return services == null ? Activator.CreateInstance<THandler>() : ActivatorUtilities.GetServiceOrCreateInstance<THandler>(services);
        }
        catch (Exception error)
        {
            throw new HandlerConstructionException(typeof(THandler), error);
        }
    }

    /// <summary>Where scopes come from.</summary>
    /// <typeparam name="THandler">The handler that needs them.</typeparam>
    /// <param name="services">The services; null for none.</param>
    /// <exception cref="HandlerConstructionException">There are none.</exception>
    public static IServiceScopeFactory Scopes<THandler>(IServiceProvider? services) =>
        services?.GetService<IServiceScopeFactory>()
        ?? throw new HandlerConstructionException(typeof(THandler), new InvalidOperationException("a scoped handler needs a pool that was started with a service provider"));
}
