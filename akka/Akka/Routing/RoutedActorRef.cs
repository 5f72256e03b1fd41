using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.Routing;

/// <summary>The reference of a router: what is told to it goes to a routee at once, on the sender's thread.</summary>
internal sealed class RoutedActorRef : LocalActorRef
{
    internal RoutedActorRef(ActorSystemImpl system, Props routerProps, RouterConfig config, Props routeeProps, IInternalActorRef supervisor, ActorPath path)
        : base(system, With(routerProps, config, routeeProps), system.Dispatchers.Lookup(config.RouterDispatcher),
            system.Mailboxes.GetMailboxType(routerProps, system.Dispatchers.Lookup(config.RouterDispatcher).Configurator.Config), supervisor, path) =>
        // The first turn is the maker's, in Start: a routee that fails before all of them are made must not set the router going.
        Cell.Mailbox.SetAsScheduled();

    private static RouterProps With(Props routerProps, RouterConfig config, Props routeeProps) => new(routerProps, config, routeeProps);

    protected override ActorCell NewActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, IInternalActorRef supervisor)
    {
        // Called by the base constructor, before this class has its fields: what the cell needs comes with the props.
        var router = (RouterProps)props;
        return router.Config is Pool { Resizer: not null } pool
            ? new ResizablePoolCell(system, self, router, dispatcher, supervisor, pool)
            : new RoutedActorCell(system, self, router, dispatcher, supervisor);
    }
}

/// <summary>A router's own props, with its config and the props of its routees.</summary>
internal sealed class RouterProps(Props routerProps, RouterConfig config, Props routeeProps) : Props(routerProps)
{
    internal RouterConfig Config => config;
    internal Props RouteeProps => routeeProps;

    protected override Props Copy() => new RouterProps(this, config, routeeProps);
}

/// <summary>A cell that passes user messages on to routees, past its own mailbox.</summary>
internal class RoutedActorCell(ActorSystemImpl system, IInternalActorRef self, RouterProps props, MessageDispatcher dispatcher, IInternalActorRef supervisor)
    : ActorCell(system, self, props, dispatcher, supervisor)
{
    private static readonly TimeSpan StopDelay = TimeSpan.FromMilliseconds(100);

    private Router? _router;

    internal RouterConfig RouterConfig { get; } = props.Config;
    internal Props RouteeProps { get; } = props.RouteeProps;

    /// <summary>Written before the cell starts and then on its turn; read by every sender.</summary>
    internal Router Router => Volatile.Read(ref _router)!;

    internal Routee[] Routees => (Routee[])Router.Routees;

    public override void Start()
    {
        try
        {
            Volatile.Write(ref _router, RouterConfig.CreateRouter(System));
            switch (RouterConfig)
            {
                case Pool pool:
                    var instances = pool.GetNrOfInstances(System);
                    if (instances > 0) AddNewRoutees(pool, instances);
                    break;
                case Group group:
                    var routees = new List<Routee>();
                    foreach (var path in group.GetPaths(System) ?? []) routees.Add(group.RouteeFor(path, this));
                    AddRoutees([.. routees]);
                    break;
            }
            BeforeStart();
        }
        finally
        {
            Mailbox.SetAsIdle();
        }
        base.Start();
    }

    private protected virtual void BeforeStart() { }

    protected override ActorBase CreateNewActorInstance()
    {
        var actor = RouterConfig.CreateRouterActor();
        if (actor is IInitializableActor initializable) initializable.Init();
        return actor;
    }

    public override void SendMessage(IActorRef sender, object message)
    {
        if (message is null) throw new InvalidMessageException("Message is null");
        if (RouterConfig.IsManagementMessage(message)) SendToSelf(message, sender);
        else Router.Route(message, sender);
    }

    private protected void SendToSelf(object message, IActorRef sender) => base.SendMessage(sender, message);

    internal void AddNewRoutees(Pool pool, int count)
    {
        ExpectChildren(count);
        var routees = new Routee[count];
        for (var i = 0; i < count; i++) routees[i] = pool.NewRoutee(RouteeProps, this);
        AddRoutees(routees);
    }

    internal void AddRoutees(params Routee[] routees)
    {
        foreach (var routee in routees)
            if (routee is ActorRefRoutee { Actor: var actor } && !IsOwnChild(actor)) Watch(actor);
        Volatile.Write(ref _router, Router.WithRoutees([.. Router.Routees, .. routees]));
    }

    /// <summary>Its own children need no watch each; those that were taken out of the routees are none of its concern.</summary>
    private protected override bool WatchesChild(IActorRef child) =>
        IsOwnChild(child) && Array.Exists(Routees, routee => routee is ActorRefRoutee actor && actor.Actor.Equals(child));

    private bool IsOwnChild(IActorRef actor) => actor is LocalActorRef local && local.Parent.Equals(Self);

    internal void RemoveRoutees(IReadOnlyList<Routee> routees, bool stopChildren)
    {
        var router = Router;
        foreach (var routee in routees)
        {
            if (routee is ActorRefRoutee actor) Unwatch(actor.Actor);
            router = router.RemoveRoutee(routee);
        }
        Volatile.Write(ref _router, router);
        if (!stopChildren) return;
        // A little later: senders that hold the old routees may still be sending to them.
        foreach (var routee in routees)
            if (routee is ActorRefRoutee child && GetChildByName(child.Actor.Path.Name).Equals(child.Actor))
                System.Scheduler.ScheduleTellOnce(StopDelay, child.Actor, PoisonPill.Instance, Self);
    }

    /// <summary>Grows or shrinks by so many; shrinking takes the youngest.</summary>
    internal void AdjustBy(Pool pool, int change)
    {
        if (change > 0) AddNewRoutees(pool, change);
        else if (change < 0)
        {
            var current = new List<Routee>(Router.Routees);
            var keep = Math.Max(current.Count + change, 0);
            RemoveRoutees(current.GetRange(keep, current.Count - keep), stopChildren: true);
        }
    }

    internal void StopIfNoRoutees()
    {
        using var routees = Router.Routees.GetEnumerator();
        if (!routees.MoveNext() && RouterConfig.StopRouterWhenAllRouteesRemoved) Stop();
    }
}

/// <summary>A routed cell that asks its resizer now and then, by the number of messages.</summary>
internal sealed class ResizablePoolCell(ActorSystemImpl system, IInternalActorRef self, RouterProps props, MessageDispatcher dispatcher, IInternalActorRef supervisor, Pool pool)
    : RoutedActorCell(system, self, props, dispatcher, supervisor)
{
    private readonly Resizer _resizer = pool.Resizer!;
    private long _messages;
    private int _resizing;

    private protected override void BeforeStart()
    {
        if (_resizer.IsTimeForResize(_messages++)) ResizeNow();
    }

    public override void SendMessage(IActorRef sender, object message)
    {
        if (message is not null && !RouterConfig.IsManagementMessage(message)
            && _resizer.IsTimeForResize(Interlocked.Increment(ref _messages) - 1) && Interlocked.Exchange(ref _resizing, 1) == 0)
            SendToSelf(new Resize(), Self);
        base.SendMessage(sender, message!);
    }

    internal void ResizeNow()
    {
        try
        {
            AdjustBy(pool, _resizer.Resize(Router.Routees));
        }
        finally
        {
            Volatile.Write(ref _resizing, 0);
        }
    }
}
