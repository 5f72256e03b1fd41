using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Serialization;
using Akka.Util;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Hosting;

/// <summary>Where added HOCON stands towards what is already there.</summary>
public enum HoconAddMode
{
    /// <summary>Behind: what is already there wins.</summary>
    Append,
    /// <summary>In front: the added values win.</summary>
    Prepend,
    /// <summary>In front too, as the official builder does it: values that the added HOCON does not name stay.</summary>
    Replace,
}

/// <summary>Starts actors once the system is up.</summary>
public delegate Task ActorStarter(ActorSystem system, IActorRegistry registry);
/// <summary>Starts actors once the system is up, with services from the container.</summary>
public delegate Task ActorStarterWithResolver(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver);
/// <summary>Runs once all actors are started.</summary>
public delegate Task StartupTask(ActorSystem system, IActorRegistry registry);

/// <summary>Collects all that an actor system is started with. Once it has started, additions are ignored.</summary>
public sealed class AkkaConfigurationBuilder(IServiceCollection serviceCollection, string actorSystemName)
{
    /// <summary>Open for inspection only: add with <see cref="AkkaHostingExtensions.AddSetup"/>.</summary>
    public readonly HashSet<Setup> Setups = [];

    internal readonly List<Type> Extensions = [];
    internal readonly List<(string Id, IEnumerable<Type> BoundTypes, Func<ExtendedActorSystem, Serializer> Create)> Serializers = [];

    private readonly List<ActorStarter> _actorStarters = [];
    private readonly List<StartupTask> _startupTasks = [];
    private bool _started;

    public Option<ProviderSelection> ActorRefProvider { get; private set; } = Option<ProviderSelection>.None;
    public Option<Config> Configuration { get; private set; } = Option<Config>.None;
    internal string ActorSystemName { get; } = actorSystemName;

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry> starter) => StartActors((system, registry) =>
    {
        starter(system, registry);
        return Task.CompletedTask;
    });

    public AkkaConfigurationBuilder StartActors(Action<ActorSystem, IActorRegistry, IDependencyResolver> starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    public AkkaConfigurationBuilder StartActors(ActorStarterWithResolver starter) =>
        StartActors((system, registry) => starter(system, registry, DependencyResolver.For(system).Resolver));

    public AkkaConfigurationBuilder StartActors(ActorStarter starter)
    {
        if (!_started) _actorStarters.Add(starter);
        return this;
    }

    public AkkaConfigurationBuilder AddStartup(Action<ActorSystem, IActorRegistry> startupTask) => AddStartup((system, registry) =>
    {
        startupTask(system, registry);
        return Task.CompletedTask;
    });

    public AkkaConfigurationBuilder AddStartup(StartupTask startupTask)
    {
        if (!_started) _startupTasks.Add(startupTask);
        return this;
    }

    public AkkaConfigurationBuilder WithCustomSerializer(
        string serializerIdentifier, IEnumerable<Type> boundTypes, Func<ExtendedActorSystem, Serializer> serializerFactory)
    {
        Serializers.Add((serializerIdentifier, boundTypes, serializerFactory));
        return this;
    }

    public AkkaConfigurationBuilder WithExtension<T>() where T : IExtensionId => WithExtensions(typeof(T));

    public AkkaConfigurationBuilder WithExtensions(params Type[] extensions)
    {
        foreach (var extension in extensions)
        {
            if (!typeof(IExtensionId).IsAssignableFrom(extension) || !extension.IsClass || extension.IsAbstract)
                throw new ConfigurationException($"[{extension}] is no extension: allowed are concrete classes that implement {typeof(IExtensionId)}.");
            if (!Extensions.Contains(extension)) Extensions.Add(extension);
        }
        return this;
    }

    internal AkkaConfigurationBuilder AddSetup(Setup setup)
    {
        // The host's container is the only one.
        if (_started || setup is DependencyResolverSetup) return this;
        if (setup is BootstrapSetup bootstrap)
        {
            // Taken apart: the system's own bootstrap set-up is made from the parts when it starts.
            if (bootstrap.Config.HasValue) AddHocon(bootstrap.Config.Value, HoconAddMode.Prepend);
            if (bootstrap.ActorRefProvider.HasValue) ActorRefProvider = bootstrap.ActorRefProvider;
        }
        else Setups.Add(setup);
        return this;
    }

    internal AkkaConfigurationBuilder WithActorRefProvider(ProviderSelection provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        if (!_started) ActorRefProvider = provider;
        return this;
    }

    internal AkkaConfigurationBuilder AddHocon(Config hocon, HoconAddMode addMode)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        if (addMode is < HoconAddMode.Append or > HoconAddMode.Replace)
            throw new ArgumentOutOfRangeException(nameof(addMode), addMode, "Allowed are Append, Prepend and Replace.");
        if (_started) return this;

        Configuration = !Configuration.HasValue ? hocon
            : addMode == HoconAddMode.Append ? Configuration.Value.WithFallback(hocon)
            : hocon.WithFallback(Configuration.Value);
        return this;
    }

    internal void Bind()
    {
        serviceCollection.AddSingleton(ActorSystemFactory.Create);
        serviceCollection.AddSingleton(static sp => ActorRegistry.For(sp.GetRequiredService<ActorSystem>()));
        serviceCollection.AddSingleton<IActorRegistry>(static sp => sp.GetRequiredService<ActorRegistry>());
        serviceCollection.AddSingleton<IReadOnlyActorRegistry>(static sp => sp.GetRequiredService<ActorRegistry>());
        serviceCollection.AddSingleton(typeof(IRequiredActor<>), typeof(RequiredActor<>));
    }

    /// <summary>Runs the actor starters, then the start-up tasks, one after the other in the order in which they were added.</summary>
    internal async Task StartAsync(ActorSystem system)
    {
        if (_started) return;
        _started = true;
        var registry = ActorRegistry.For(system);
        foreach (var starter in _actorStarters) await starter(system, registry).ConfigureAwait(false);
        foreach (var startupTask in _startupTasks) await startupTask(system, registry).ConfigureAwait(false);
    }
}
