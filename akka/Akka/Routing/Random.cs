using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>Anyone.</summary>
public sealed class RandomLogic : RoutingLogic
{
    public RandomLogic() { }

    public override Routee Select(object message, Routee[] routees) => routees.Length == 0 ? Routee.NoRoutee : routees[Random.Shared.Next(routees.Length)];
}

/// <summary>A pool that picks at random.</summary>
public sealed class RandomPool : Pool
{
    public RandomPool(int nrOfInstances) : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public RandomPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher) { }

    public RandomPool(Config config)
        : this(config.GetInt("nr-of-instances"), Resizer.FromConfig(config), DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId, HasPoolDispatcher(config)) { }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new RandomLogic());

    public override int GetNrOfInstances(ActorSystem sys) => NrOfInstances;

    public RandomPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    public RandomPool WithResizer(Resizer resizer) => new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);
    public RandomPool WithDispatcher(string dispatcher) => new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        var (resizer, strategy) = Merge(routerConfig);
        return new RandomPool(NrOfInstances, resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    }
}

/// <summary>A group that picks at random.</summary>
public sealed class RandomGroup : Group
{
    public RandomGroup(params string[] paths) : this(paths, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public RandomGroup(IEnumerable<string> paths) : this(paths, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public RandomGroup(IEnumerable<string> paths, string? routerDispatcher) : base(paths, routerDispatcher) { }

    public RandomGroup(Config config) : this(config.GetStringList("routees.paths", [])) { }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new RandomLogic());

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public RandomGroup WithDispatcher(string dispatcher) => new(InternalPaths, dispatcher);
}
