using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Hosting;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Hosting;

/// <summary>The pools of one actor system's builder, by name.</summary>
internal sealed class PoolDirectory
{
    private static readonly ConditionalWeakTable<AkkaConfigurationBuilder, PoolDirectory> s_directories = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TaskDispatcher> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<TaskDispatcherBuilder>> _descriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TaskDispatcherBuilder> _builders = new(StringComparer.Ordinal);
    private AlertsBuilder? _alerts;
    private StartSettings? _settings;

    /// <summary>The directory of a builder.</summary>
    /// <param name="builder">The builder.</param>
    public static PoolDirectory Of(AkkaConfigurationBuilder builder) => s_directories.GetOrCreateValue(builder);

    /// <summary>Notes what code sets of alerts and diagnosis.</summary>
    /// <param name="alerts">What it sets.</param>
    /// <exception cref="InvalidOperationException">It was noted before.</exception>
    public void SetAlerts(AlertsBuilder alerts)
    {
        lock (_gate)
            _alerts = _alerts == null ? alerts : throw new InvalidOperationException("WithTaskAlerts is called once for an actor system.");
    }

    /// <summary>Adds a pool.</summary>
    /// <param name="dispatcher">Its caller's side.</param>
    /// <param name="configure">Describes it.</param>
    /// <exception cref="ArgumentException">There is one of this name.</exception>
    public void Add(TaskDispatcher dispatcher, Action<TaskDispatcherBuilder> configure)
    {
        lock (_gate)
        {
            if (!_pools.TryAdd(dispatcher.Name, dispatcher))
                throw new ArgumentException($"There are two pools '{dispatcher.Name}'. A pool's name is its own.", nameof(dispatcher));
            _descriptions.Add(dispatcher.Name, configure);
        }
    }

    /// <summary>Starts a pool. With the first one the settings of all are read, so that one start tells all that is wrong with them.</summary>
    /// <param name="dispatcher">The pool.</param>
    /// <param name="system">The actor system.</param>
    /// <param name="services">What handlers may ask for; null for none.</param>
    /// <exception cref="SettingsException">The settings of a pool, of the alerts or of the diagnosis cannot be used; it names every error.</exception>
    public void Start(TaskDispatcher dispatcher, ActorSystem system, IServiceProvider? services)
    {
        StartSettings settings;
        lock (_gate)
            settings = _settings ??= ReadSettings(system, services);
        TaskDispatcherSystemExtensions.Start(system, dispatcher, _builders[dispatcher.Name], settings, services);
    }

    /// <summary>The pool of a name.</summary>
    /// <param name="name">The name; null where the key was no text.</param>
    /// <exception cref="InvalidOperationException">There is none; it names those that are there.</exception>
    public TaskDispatcher Find(string? name)
    {
        lock (_gate)
        {
            if (name != null && _pools.TryGetValue(name, out TaskDispatcher? dispatcher))
                return dispatcher;
            throw new InvalidOperationException($"There is no pool '{name}'. Pools: {Names()}.");
        }
    }

    /// <summary>The only pool.</summary>
    /// <exception cref="InvalidOperationException">There is none, or more than one.</exception>
    public TaskDispatcher Only()
    {
        lock (_gate)
        {
            return _pools.Count == 1
                ? _pools.Values.Single()
                : throw new InvalidOperationException($"ITaskDispatcher without a key needs exactly one pool. Pools: {Names()}.");
        }
    }

    private StartSettings ReadSettings(ActorSystem system, IServiceProvider? services)
    {
        if (_alerts is { } alerts)
            Oversight.Prepare(system, alerts);
        foreach ((string name, Action<TaskDispatcherBuilder> configure) in _descriptions)
        {
            TaskDispatcherBuilder builder = _builders[name] = new TaskDispatcherBuilder(name);
            configure(builder);
        }

        return TaskDispatcherSystemExtensions.ReadSettings(system, [.. _builders.Values], areAll: true, services);
    }

    private string Names() => _pools.Count == 0 ? "none" : string.Join(", ", _pools.Keys);
}
