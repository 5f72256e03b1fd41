using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>The recipe of a router.</summary>
public abstract class RouterConfig : ISurrogated, IEquatable<RouterConfig>
{
    private readonly string _routerDispatcher = Dispatch.Dispatchers.DefaultDispatcherId;

    protected RouterConfig() { }

    protected RouterConfig(string? routerDispatcher) => _routerDispatcher = string.IsNullOrEmpty(routerDispatcher) ? Dispatch.Dispatchers.DefaultDispatcherId : routerDispatcher;

    internal static RouterConfig NoRouter => Routing.NoRouter.Instance;

    /// <summary>Where the router's own actor runs.</summary>
    public virtual string RouterDispatcher => _routerDispatcher;

    public virtual bool StopRouterWhenAllRouteesRemoved => true;

    public abstract Router CreateRouter(ActorSystem system);

    public abstract ActorBase CreateRouterActor();

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    public virtual Props? RoutingLogicController(RoutingLogic routingLogic) => null;

    /// <summary>Whether the message is for the router itself; all else goes to routees.</summary>
    public virtual bool IsManagementMessage(object message) => message is IAutoReceivedMessage or RouterManagementMessage;

    public virtual RouterConfig WithFallback(RouterConfig routerConfig) => this;

    public virtual void VerifyConfig(ActorPath path) { }

    public bool Equals(RouterConfig? other) => ReferenceEquals(this, other) || (other is not null && GetType() == other.GetType() && RouterDispatcher == other.RouterDispatcher);
    public override bool Equals(object? obj) => Equals(obj as RouterConfig);
    public override int GetHashCode() => GetType().GetHashCode();
}

/// <summary>No router.</summary>
public class NoRouter : RouterConfig
{
    protected NoRouter() { }

    public static NoRouter Instance { get; } = new();

    public override string RouterDispatcher => throw new NotSupportedException("NoRouter has no dispatcher");

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => throw new NotSupportedException("NoRouter does not create a router");
    public override ActorBase CreateRouterActor() => throw new NotSupportedException("NoRouter does not create a router actor");
    public override RouterConfig WithFallback(RouterConfig routerConfig) => routerConfig;
    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);
}

/// <summary>A router that makes its routees, as its children, and supervises them.</summary>
public abstract class Pool : RouterConfig, IEquatable<Pool>
{
    private readonly int _nrOfInstances;
    private readonly Resizer? _resizer;
    private readonly SupervisorStrategy _supervisorStrategy;
    private readonly bool _usePoolDispatcher;

    protected Pool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher) : base(routerDispatcher)
    {
        _nrOfInstances = nrOfInstances;
        _resizer = resizer;
        _supervisorStrategy = supervisorStrategy ?? DefaultSupervisorStrategy;
        _usePoolDispatcher = usePoolDispatcher;
    }

    public static SupervisorStrategy DefaultSupervisorStrategy => Actor.SupervisorStrategy.DefaultStrategy;

    public int NrOfInstances => _nrOfInstances;
    public virtual Resizer? Resizer => _resizer;
    public virtual SupervisorStrategy SupervisorStrategy => _supervisorStrategy;
    public virtual bool UsePoolDispatcher => _usePoolDispatcher;

    /// <summary>A pool with a resizer may be empty for a while.</summary>
    public override bool StopRouterWhenAllRouteesRemoved => Resizer is null;

    public abstract int GetNrOfInstances(ActorSystem system);

    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);

    public override ActorBase CreateRouterActor() => Resizer is null ? new RouterPoolActor(SupervisorStrategy) : new ResizablePoolActor(SupervisorStrategy);

    internal Routee NewRoutee(Props routeeProps, IActorContext context) => new ActorRefRoutee(context.ActorOf(EnrichWithPoolDispatcher(routeeProps, context)));

    private Props EnrichWithPoolDispatcher(Props routeeProps, IActorContext context)
    {
        if (!UsePoolDispatcher || routeeProps.Dispatcher != Dispatch.Dispatchers.DefaultDispatcherId) return routeeProps;
        var path = context.Self.Path.ToStringWithoutAddress(); // /user/..., and the key has what comes after /user
        return routeeProps.WithDispatcher("akka.actor.deployment." + path[path.IndexOf('/', 1)..] + ".pool-dispatcher");
    }

    /// <summary>A resizer or strategy of the fallback fills in what this pool was not given.</summary>
    private protected (Resizer? Resizer, SupervisorStrategy Strategy) Merge(RouterConfig fallback)
    {
        if (fallback is not Pool other) return (Resizer, SupervisorStrategy);
        return (Resizer ?? other.Resizer, ReferenceEquals(SupervisorStrategy, DefaultSupervisorStrategy) ? other.SupervisorStrategy : SupervisorStrategy);
    }

    private protected static bool HasPoolDispatcher(Config config) => config.HasPath("pool-dispatcher");

    public bool Equals(Pool? other) => ReferenceEquals(this, other) || (other is not null && base.Equals(other) && NrOfInstances == other.NrOfInstances
        && Equals(Resizer, other.Resizer) && Equals(SupervisorStrategy, other.SupervisorStrategy) && UsePoolDispatcher == other.UsePoolDispatcher);

    public override bool Equals(object? obj) => Equals(obj as Pool);
    public override int GetHashCode() => HashCode.Combine(GetType(), NrOfInstances, UsePoolDispatcher);
}

/// <summary>A router over actors that others made, named by their paths.</summary>
public abstract class Group : RouterConfig, IEquatable<Group>
{
    protected readonly string[] InternalPaths;

    protected Group(IEnumerable<string> paths, string? routerDispatcher) : base(routerDispatcher) => InternalPaths = paths is null ? [] : [.. paths];

    public abstract IEnumerable<string> GetPaths(ActorSystem system);

    public Props Props() => Akka.Actor.Props.Empty.WithRouter(this);

    public override ActorBase CreateRouterActor() => new RouterActor();

    internal Routee RouteeFor(string path, IActorContext context) => new ActorSelectionRoutee(context.ActorSelection(path));

    public bool Equals(Group? other) => ReferenceEquals(this, other) || (other is not null && base.Equals(other) && InternalPaths.AsSpan().SequenceEqual(other.InternalPaths));
    public override bool Equals(object? obj) => Equals(obj as Group);
    public override int GetHashCode() => HashCode.Combine(GetType(), InternalPaths.Length);
}

/// <summary>A router whose routees come and go by management messages only.</summary>
public abstract class CustomRouterConfig : RouterConfig
{
    protected CustomRouterConfig() { }

    protected CustomRouterConfig(string? routerDispatcher) : base(routerDispatcher) { }

    public override ActorBase CreateRouterActor() => new RouterActor();
}

/// <summary>Takes the router of the actor's section in akka.actor.deployment; what is set here fills in what is missing there.</summary>
public class FromConfig : Pool
{
    public FromConfig() : this(null, null, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public FromConfig(Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher) : base(0, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher: false) { }

    public static FromConfig Instance { get; } = new();

    public FromConfig WithSupervisorStrategy(SupervisorStrategy strategy) => new(Resizer, strategy, RouterDispatcher);
    public FromConfig WithResizer(Resizer resizer) => new(resizer, SupervisorStrategy, RouterDispatcher);
    public FromConfig WithDispatcher(string dispatcherId) => new(Resizer, SupervisorStrategy, dispatcherId);
    public Props Props() => Akka.Actor.Props.Empty.WithRouter(this);

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => throw new NotSupportedException("FromConfig stands for the router of a deployment, and creates none itself.");
    public override ActorBase CreateRouterActor() => throw new NotSupportedException("FromConfig stands for the router of a deployment, and creates none itself.");
    public override int GetNrOfInstances(ActorSystem sys) => 0;

    public override void VerifyConfig(ActorPath path) =>
        throw new ConfigurationException($"Configuration missing for router [{path}] in 'akka.actor.deployment' section.");
}
