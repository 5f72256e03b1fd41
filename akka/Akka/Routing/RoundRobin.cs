using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>One after the other.</summary>
public sealed class RoundRobinRoutingLogic : RoutingLogic
{
    private int _next;

    public RoundRobinRoutingLogic() : this(-1) { }

    public RoundRobinRoutingLogic(int next) => _next = next;

    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : routees[(uint)(Interlocked.Increment(ref _next) & int.MaxValue) % (uint)routees.Length];
}

/// <summary>A pool whose routees take turns.</summary>
public sealed class RoundRobinPool : Pool
{
    public RoundRobinPool(int nrOfInstances) : this(nrOfInstances, null) { }

    public RoundRobinPool(int nrOfInstances, Resizer? resizer) : this(nrOfInstances, resizer, DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public RoundRobinPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher) { }

    public RoundRobinPool(Config config)
        : this(config.GetInt("nr-of-instances"), Resizer.FromConfig(config), DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId, HasPoolDispatcher(config)) { }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());

    public override int GetNrOfInstances(ActorSystem sys) => NrOfInstances;

    public RoundRobinPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    public RoundRobinPool WithResizer(Resizer resizer) => new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);
    public RoundRobinPool WithDispatcher(string dispatcher) => new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        var (resizer, strategy) = Merge(routerConfig);
        return new RoundRobinPool(NrOfInstances, resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    }
}

/// <summary>A group whose routees take turns.</summary>
public sealed class RoundRobinGroup : Group
{
    public RoundRobinGroup(params string[] paths) : this(paths, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public RoundRobinGroup(IEnumerable<string> paths) : this(paths, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public RoundRobinGroup(IEnumerable<string> paths, string? routerDispatcher) : base(paths, routerDispatcher) { }

    public RoundRobinGroup(Config config) : this(config.GetStringList("routees.paths", [])) { }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public Group WithDispatcher(string dispatcherId) => new RoundRobinGroup(InternalPaths, dispatcherId);
}
