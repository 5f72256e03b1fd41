using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Util;

namespace Akka.Routing;

/// <summary>A message that knows its key.</summary>
public interface IConsistentHashable
{
    object ConsistentHashKey { get; }
}

/// <summary>The key of a message; null where it has none.</summary>
public delegate object? ConsistentHashMapping(object msg);

/// <summary>Gives a message a key; only the message arrives.</summary>
public sealed class ConsistentHashableEnvelope : RouterEnvelope, IConsistentHashable
{
    public ConsistentHashableEnvelope(object message, object hashKey) : base(message) => HashKey = hashKey;

    public object HashKey { get; }
    public object ConsistentHashKey => HashKey;
}

/// <summary>The same routee for the same key. A message without a key goes to nobody, with a warning.</summary>
public sealed class ConsistentHashingRoutingLogic : RoutingLogic
{
    private readonly ActorSystem _system;
    private readonly ConsistentHashMapping _hashMapping;
    private readonly int _virtualNodesFactor;
    private readonly ILoggingAdapter _log;
    private Ring? _ring;

    public ConsistentHashingRoutingLogic(ActorSystem system) : this(system, 0, ConsistentHashingSettings.EmptyMapping) { }

    public ConsistentHashingRoutingLogic(ActorSystem system, int virtualNodesFactor, ConsistentHashMapping hashMapping)
    {
        _system = system;
        _hashMapping = hashMapping;
        _log = Logging.GetLogger(system, typeof(ConsistentHashingRoutingLogic));
        _virtualNodesFactor = virtualNodesFactor == 0 ? system.Settings.DefaultVirtualNodesFactor : virtualNodesFactor;
    }

    /// <exception cref="ArgumentNullException">No mapping.</exception>
    public ConsistentHashingRoutingLogic WithHashMapping(ConsistentHashMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return new ConsistentHashingRoutingLogic(_system, _virtualNodesFactor, mapping);
    }

    public override Routee Select(object message, Routee[] routees)
    {
        if (message is null || routees.Length == 0) return Routee.NoRoutee;
        var key = _hashMapping(message) ?? (message as IConsistentHashable)?.ConsistentHashKey;
        if (key is null)
        {
            _log.Warning("Message [{0}] must be handled by hashMapping, or implement [{1}] or be wrapped in [{2}]", message.GetType().Name, nameof(IConsistentHashable), nameof(ConsistentHashableEnvelope));
            return Routee.NoRoutee;
        }
        var ring = RingOf(routees);
        return key as byte[] is { } bytes ? ring.NodeFor(bytes).Routee : ring.NodeFor(Convert.ToString(key, CultureInfo.InvariantCulture) ?? "").Routee;
    }

    /// <summary>The ring is made anew when the routees changed; two senders that race for it make the same one.</summary>
    private ConsistentHash<Node> RingOf(Routee[] routees)
    {
        if (Volatile.Read(ref _ring) is { } known && ReferenceEquals(known.Routees, routees)) return known.Hash;
        var self = ((ExtendedActorSystem)_system).Provider.DefaultAddress;
        var ring = new Ring(routees, ConsistentHash.Create(Array.ConvertAll(routees, routee => new Node(routee, self)), _virtualNodesFactor));
        Volatile.Write(ref _ring, ring);
        return ring.Hash;
    }

    private sealed record Ring(Routee[] Routees, ConsistentHash<Node> Hash);

    /// <summary>A routee named by its full path, so that every node of a cluster makes the same ring.</summary>
    private sealed class Node(Routee routee, Address self)
    {
        internal Routee Routee => routee;

        public override string ToString() => routee switch
        {
            ActorRefRoutee actor => actor.Actor.Path.ToStringWithAddress(self),
            ActorSelectionRoutee selection => selection.Selection.Anchor.Path.ToStringWithAddress(self) + selection.Selection.PathString,
            _ => routee.ToString() ?? "",
        };
    }
}

internal static class ConsistentHashingSettings
{
    internal static readonly ConsistentHashMapping EmptyMapping = static _ => null;

    internal static int Checked(int virtualNodesFactor) => virtualNodesFactor >= 0 ? virtualNodesFactor
        : throw new ArgumentException($"virtualNodesFactor must be 1 or more, or 0 for the default, but was {virtualNodesFactor}", nameof(virtualNodesFactor));
}

/// <summary>A pool in which equal keys meet the same routee.</summary>
public sealed class ConsistentHashingPool : Pool
{
    private readonly ConsistentHashMapping? _hashMapping;

    public ConsistentHashingPool(int nrOfInstances) : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public ConsistentHashingPool(int nrOfInstances, ConsistentHashMapping hashMapping)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId, hashMapping: hashMapping) { }

    public ConsistentHashingPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher = false,
        int virtualNodesFactor = 0, ConsistentHashMapping? hashMapping = null) : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
        VirtualNodesFactor = ConsistentHashingSettings.Checked(virtualNodesFactor);
        _hashMapping = hashMapping;
    }

    public ConsistentHashingPool(Config config)
        : this(config.GetInt("nr-of-instances"), Resizer.FromConfig(config), DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId, HasPoolDispatcher(config), config.GetInt("virtual-nodes-factor")) { }

    public int VirtualNodesFactor { get; }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new ConsistentHashingRoutingLogic(system, VirtualNodesFactor, _hashMapping ?? ConsistentHashingSettings.EmptyMapping));

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public ConsistentHashingPool WithVirtualNodesFactor(int vnodes) => new(NrOfInstances, Resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher, vnodes, _hashMapping);
    public ConsistentHashingPool WithHashMapping(ConsistentHashMapping mapping) => new(NrOfInstances, Resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher, VirtualNodesFactor, mapping);
    public ConsistentHashingPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher, VirtualNodesFactor, _hashMapping);
    public ConsistentHashingPool WithResizer(Resizer resizer) => new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher, VirtualNodesFactor, _hashMapping);
    public ConsistentHashingPool WithDispatcher(string dispatcher) => new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher, VirtualNodesFactor, _hashMapping);

    /// <exception cref="ArgumentException">The fallback is neither this kind of pool nor FromConfig.</exception>
    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        if (routerConfig is not (Routing.FromConfig or ConsistentHashingPool or Routing.NoRouter))
            throw new ArgumentException($"Expected ConsistentHashingPool, got {routerConfig}", nameof(routerConfig));
        var (resizer, strategy) = Merge(routerConfig);
        return new ConsistentHashingPool(NrOfInstances, resizer, strategy, RouterDispatcher, UsePoolDispatcher, VirtualNodesFactor, _hashMapping ?? (routerConfig as ConsistentHashingPool)?._hashMapping);
    }
}

/// <summary>A group in which equal keys meet the same routee.</summary>
public sealed class ConsistentHashingGroup : Group
{
    private readonly ConsistentHashMapping? _hashMapping;

    public ConsistentHashingGroup(params string[] paths) : this(paths, 0, null, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public ConsistentHashingGroup(IEnumerable<string> paths) : this(paths, 0, null, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public ConsistentHashingGroup(IEnumerable<string> paths, ConsistentHashMapping hashMapping) : this(paths, 0, hashMapping, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public ConsistentHashingGroup(IEnumerable<string> paths, int virtualNodesFactor, ConsistentHashMapping? hashMapping, string? routerDispatcher) : base(paths, routerDispatcher)
    {
        VirtualNodesFactor = ConsistentHashingSettings.Checked(virtualNodesFactor);
        _hashMapping = hashMapping;
    }

    public ConsistentHashingGroup(Config config)
        : this(config.GetStringList("routees.paths", []), config.GetInt("virtual-nodes-factor"), null, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public int VirtualNodesFactor { get; }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new ConsistentHashingRoutingLogic(system, VirtualNodesFactor, _hashMapping ?? ConsistentHashingSettings.EmptyMapping));

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public ConsistentHashingGroup WithVirtualNodesFactor(int vnodes) => new(InternalPaths, vnodes, _hashMapping, RouterDispatcher);
    public ConsistentHashingGroup WithHashMapping(ConsistentHashMapping mapping) => new(InternalPaths, VirtualNodesFactor, mapping, RouterDispatcher);
    public ConsistentHashingGroup WithDispatcher(string dispatcher) => new(InternalPaths, VirtualNodesFactor, _hashMapping, dispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig) =>
        new ConsistentHashingGroup(InternalPaths, VirtualNodesFactor, _hashMapping ?? (routerConfig as ConsistentHashingGroup)?._hashMapping, RouterDispatcher);
}
