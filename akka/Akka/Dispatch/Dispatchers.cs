using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system by their configuration path.</summary>
public sealed class Dispatchers
{
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";
    public const string DefaultBlockingDispatcherId = "akka.actor.default-blocking-io-dispatcher";
    public const string SynchronizedDispatcherId = "akka.actor.synchronized-dispatcher";
    internal const string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ActorSystem _system;
    private readonly ILoggingAdapter _log;
    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new(StringComparer.Ordinal);
    private MessageDispatcher? _default;

    public Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites, ILoggingAdapter logger)
    {
        _system = system;
        Prerequisites = prerequisites;
        _log = logger;
    }

    public IDispatcherPrerequisites Prerequisites { get; }
    public MessageDispatcher DefaultGlobalDispatcher => _default ??= Lookup(DefaultDispatcherId);
    public Config DefaultDispatcherConfig => Prerequisites.Settings.Config.GetConfig(DefaultDispatcherId)!;

    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || Prerequisites.Settings.Config.HasPath(id);

    /// <exception cref="ConfigurationException">Nothing is configured under that path, or it does not make sense.</exception>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        var id = string.IsNullOrEmpty(dispatcherName) ? DefaultDispatcherId : dispatcherName;
        return Configurator(id, depth: 0).Dispatcher();
    }

    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    private MessageDispatcherConfigurator Configurator(string id, int depth) =>
        _configurators.TryGetValue(id, out var known) ? known : _configurators.GetOrAdd(id, MakeConfigurator(id, depth));

    private MessageDispatcherConfigurator MakeConfigurator(string id, int depth)
    {
        var settings = Prerequisites.Settings;
        if (!settings.Config.HasPath(id)) throw new ConfigurationException($"Dispatcher [{id}] not configured.");
        // An id whose value is a string is an alias.
        if (settings.Config.GetValue(id) is { } value && !value.IsObject() && value.IsString())
        {
            if (depth > 20) throw new ConfigurationException($"Could not find a concrete dispatcher config after following {depth} aliases, the last being [{id}].");
            return Configurator(value.GetString()!, depth + 1); // the same dispatcher under both ids
        }
        return ConfiguratorFrom(IdConfig(id).WithFallback(settings.Config.GetConfig(id)).WithFallback(DefaultDispatcherConfig), id);
    }

    private static Config IdConfig(string id) => ConfigurationFactory.ParseString($"id = \"{id}\", name = \"{id[(id.LastIndexOf('.') + 1)..]}\"");

    private MessageDispatcherConfigurator ConfiguratorFrom(Config config, string id)
    {
        var type = config.GetString("type", "");
        switch (type)
        {
            case "Dispatcher" or "TaskDispatcher" or "ChannelDispatcher": return new DispatcherConfigurator(config, Prerequisites);
            case "ForkJoinDispatcher": return new ForkJoinDispatcherConfigurator(config, Prerequisites);
            case "PinnedDispatcher": return new PinnedDispatcherConfigurator(config, Prerequisites);
            case "SynchronizedDispatcher": return new CurrentSynchronizationContextDispatcherConfigurator(config, Prerequisites);
            case null or "": throw new ConfigurationException($"Could not resolve dispatcher for path {id}. type is null.");
        }
        var configurator = Type.GetType(type) ?? throw new ConfigurationException($"Could not resolve dispatcher type {type} for path {id}");
        return (MessageDispatcherConfigurator)ActorFactory.Create(configurator, [config, Prerequisites]);
    }

    /// <summary>Ends the threads of every dispatcher that has its own. The pinned ones end with their actors.</summary>
    internal void Shutdown()
    {
        foreach (var configurator in _configurators.Values)
        {
            if (configurator is PinnedDispatcherConfigurator or CurrentSynchronizationContextDispatcherConfigurator) continue;
            try
            {
                configurator.Dispatcher().ShutdownNow();
            }
            catch (Exception e)
            {
                _log.Error(e, "Dispatcher of {0} did not shut down in {1}", configurator.GetType(), _system.Name);
            }
        }
    }
}
