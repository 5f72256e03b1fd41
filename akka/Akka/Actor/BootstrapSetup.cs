using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor;

/// <summary>The set-up that an actor system starts from: its configuration and its kind of references.</summary>
public sealed class BootstrapSetup : Setup.Setup
{
    private BootstrapSetup(Option<Config> config, Option<Config> configFallback, Option<ProviderSelection> actorRefProvider)
    {
        Config = config;
        ConfigFallback = configFallback;
        ActorRefProvider = actorRefProvider;
    }

    /// <summary>The whole configuration; without it the system loads the application's.</summary>
    public Option<Config> Config { get; }

    /// <summary>What is asked after the application's configuration and before the reference.</summary>
    internal Option<Config> ConfigFallback { get; }

    public Option<ProviderSelection> ActorRefProvider { get; }

    public static BootstrapSetup Create() => new(default, default, default);

    public BootstrapSetup WithConfig(Config config) => new(config, ConfigFallback, ActorRefProvider);
    public BootstrapSetup WithConfigFallback(Config config) => new(Config, config, ActorRefProvider);
    public BootstrapSetup WithActorRefProvider(ProviderSelection name) => new(Config, ConfigFallback, name);
}
