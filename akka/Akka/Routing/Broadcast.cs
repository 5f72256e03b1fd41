using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>All of them.</summary>
public sealed class BroadcastRoutingLogic : RoutingLogic
{
    public BroadcastRoutingLogic() { }

    public override Routee Select(object message, Routee[] routees) => routees.Length == 0 ? Routee.NoRoutee : new SeveralRoutees(routees);
}

/// <summary>A pool in which each gets every message.</summary>
public sealed class BroadcastPool : Pool
{
    public BroadcastPool(int nrOfInstances) : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public BroadcastPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher) { }

    public BroadcastPool(Config config)
        : this(config.GetInt("nr-of-instances"), Resizer.FromConfig(config), DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId, HasPoolDispatcher(config)) { }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());

    public override int GetNrOfInstances(ActorSystem sys) => NrOfInstances;

    public BroadcastPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    public BroadcastPool WithResizer(Resizer resizer) => new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);
    public BroadcastPool WithDispatcher(string dispatcher) => new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        var (resizer, strategy) = Merge(routerConfig);
        return new BroadcastPool(NrOfInstances, resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    }
}

/// <summary>A group in which each gets every message.</summary>
public sealed class BroadcastGroup : Group
{
    public BroadcastGroup(params string[] paths) : this(paths, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public BroadcastGroup(IEnumerable<string> paths) : this(paths, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public BroadcastGroup(IEnumerable<string> paths, string? routerDispatcher) : base(paths, routerDispatcher) { }

    public BroadcastGroup(Config config) : this(config.GetStringList("routees.paths", [])) { }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public Group WithDispatcher(string dispatcher) => new BroadcastGroup(InternalPaths, dispatcher);
}
