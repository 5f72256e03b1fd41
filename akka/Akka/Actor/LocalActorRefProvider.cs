using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Routing;

namespace Akka.Actor;

/// <summary>References within one process: the guardians, the look-up by path, and the place of temporary references.</summary>
public sealed class LocalActorRefProvider : IActorRefProvider
{
    private readonly EventStream _eventStream;
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActorPath _tempNode;
    private readonly Dictionary<string, IInternalActorRef> _extraNames = new(StringComparer.Ordinal);
    private ActorSystemImpl _system = null!;
    private LocalActorRef _root = null!;
    private VirtualPathContainer _tempContainer = null!;
    private long _tempNumber;

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream)
        : this(systemName, settings, eventStream, new Deployer(settings), deadLettersFactory: null!) { }

    public LocalActorRefProvider(string systemName, Settings settings, EventStream eventStream, Deployer deployer, Func<ActorPath, IInternalActorRef>? deadLettersFactory)
    {
        _eventStream = eventStream;
        Settings = settings;
        Deployer = deployer;
        RootPath = new RootActorPath(new Address("akka", systemName));
        _tempNode = RootPath / "temp";
        DeadLetters = deadLettersFactory?.Invoke(RootPath / "deadLetters") ?? new DeadLetterActorRef(this, RootPath / "deadLetters", eventStream);
        IgnoreRef = new IgnoreActorRef(this);
    }

    public ActorPath RootPath { get; }
    public Settings Settings { get; }
    public Deployer Deployer { get; }
    public EventStream EventStream => _eventStream;
    public IActorRef DeadLetters { get; }
    public IActorRef IgnoreRef { get; }
    public IInternalActorRef RootGuardian => _root;
    public LocalActorRef Guardian { get; private set; } = null!;
    public LocalActorRef SystemGuardian { get; private set; } = null!;
    public IInternalActorRef TempContainer => _tempContainer;
    public Address DefaultAddress => RootPath.Address;
    public Task TerminationTask => _terminated.Task;
    public Serialization.Information SerializationInformation => new(DefaultAddress, _system);

    public void Init(ActorSystemImpl system)
    {
        _system = system;
        var dispatcher = system.Dispatchers.Lookup(Dispatchers.InternalDispatcherId);
        var mailbox = system.Mailboxes.Lookup(Mailboxes.DefaultMailboxId);
        var strategy = SupervisorStrategyConfigurator.CreateConfigurator(Settings.SupervisorStrategyClass).Create();

        _root = new RootGuardianActorRef(system, GuardianProps(StopOnFailure()), dispatcher, mailbox,
            new RootGuardianSupervisor(this, _terminated, _eventStream), RootPath, (IInternalActorRef)DeadLetters, _extraNames);
        _tempContainer = new VirtualPathContainer(this, _tempNode, _root);
        _root.Start();

        Guardian = MakeGuardian("user", GuardianProps(strategy), dispatcher, mailbox);
        SystemGuardian = MakeGuardian("system", new DirectProps(typeof(SystemGuardianActor), () => new SystemGuardianActor(Guardian), SupervisorStrategy.DefaultStrategy), dispatcher, mailbox);

        // The order of the end: /user stops, /system learns of it and stops, the root learns of that and stops.
        SystemGuardian.SendSystemMessage(new Watch(Guardian, SystemGuardian));
        _root.SendSystemMessage(new Watch(SystemGuardian, _root));
    }

    private static DirectProps GuardianProps(SupervisorStrategy strategy) => new(typeof(GuardianActor), static () => new GuardianActor(), strategy);

    private static OneForOneStrategy StopOnFailure() => new(static _ => Directive.Stop);

    private LocalActorRef MakeGuardian(string name, Props props, MessageDispatcher dispatcher, MailboxType mailbox)
    {
        var cell = _root.Cell;
        cell.ReserveChild(name);
        var guardian = new LocalActorRef(_system, props, dispatcher, mailbox, _root, new ChildActorPath(RootPath, name, ActorCell.NewUid()));
        cell.InitChild(guardian);
        guardian.Start();
        return guardian;
    }

    public IActorRef RootGuardianAt(Address address) => address == RootPath.Address ? _root : DeadLetters;

    public Address? GetExternalAddressFor(Address address) => address == RootPath.Address ? address : null;

    public ActorPath TempPath() => _tempNode / ("$" + Interlocked.Increment(ref _tempNumber).ToString("x"));

    public void RegisterTempActor(IInternalActorRef actorRef, ActorPath path)
    {
        if (path.Parent != _tempNode) throw new ArgumentException($"Cannot register temporary actor [{actorRef}] under [{path}]: it must be a child of [{_tempNode}].", nameof(path));
        _tempContainer.AddChild(path.Name, actorRef);
    }

    public void UnregisterTempActor(ActorPath path) => _tempContainer.RemoveChild(path.Name);

    /// <summary>Makes a name below the root findable.</summary>
    public void RegisterExtraName(string name, IInternalActorRef actor)
    {
        lock (_extraNames) _extraNames.Add(name, actor);
    }

    public IActorRef ResolveActorRef(string path) => ActorPath.TryParse(path, out var actorPath) && actorPath!.Address == RootPath.Address ? ResolveActorRef(actorPath) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath path)
    {
        if (path.Root != _root.Path) return DeadLetters;
        if (path.Depth == 0) return _root;
        var elements = new List<string>(path.Elements);
        if (path.Uid != ActorCell.UndefinedUid) elements[^1] += "#" + path.Uid;
        var found = elements[0] == "temp" ? _tempContainer.GetChild(elements[1..]) : _root.GetChild(elements);
        return found.IsNobody() ? new EmptyLocalActorRef(this, path, _eventStream) : found;
    }

    public IInternalActorRef ActorOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy, bool async)
    {
        if (props.RouterConfig is NoRouter or null)
        {
            if (lookupDeploy && !systemService && Deployer.Lookup(path) is { } configured)
            {
                if (configured.RouterConfig is not NoRouter and not null && Settings.DebugRouterMisconfiguration)
                    _eventStream.Publish(new Warning(path.ToString(), GetType(), $"Configuration says that [{path}] should be a router, but code disagrees. Remove the config or add a RouterConfig to its Props."));
                props = props.WithDeploy(configured.WithRouterConfig(RouterConfig.NoRouter));
            }
            if (deploy is not null) props = props.WithDeploy(deploy);
            try
            {
                var dispatcher = system.Dispatchers.Lookup(props.Dispatcher);
                var mailbox = system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.Config);
                return new LocalActorRef(system, props, dispatcher, mailbox, supervisor, path);
            }
            catch (Exception e)
            {
                throw new ConfigurationException($"Configuration problem while creating [{path}] with dispatcher [{props.Dispatcher}] and mailbox [{props.Mailbox}]: {e.Message}", e);
            }
        }
        return RouterOf(system, props, supervisor, path, systemService, deploy, lookupDeploy);
    }

    private IInternalActorRef RouterOf(ActorSystemImpl system, Props props, IInternalActorRef supervisor, ActorPath path, bool systemService, Deploy? deploy, bool lookupDeploy)
    {
        var found = lookupDeploy && !systemService ? Deployer.Lookup(path) : null;
        // Configuration wins over an explicit deployment, which wins over what the props say.
        var merged = props.Deploy;
        if (deploy is not null) merged = deploy.WithFallback(merged);
        if (found is not null) merged = found.WithFallback(merged);
        var routerProps = merged.RouterConfig is FromConfig
            ? throw new ConfigurationException($"Configuration missing for router [{path}] in 'akka.actor.deployment' section.")
            : Props.Empty.WithDeploy(merged);
        if (!system.Dispatchers.HasDispatcher(merged.RouterConfig.RouterDispatcher))
            throw new ConfigurationException($"Dispatcher [{merged.RouterConfig.RouterDispatcher}] not configured for router [{path}]");
        try
        {
            var routeeProps = props.WithRouter(RouterConfig.NoRouter);
            if (merged.Dispatcher != Deploy.NoDispatcherGiven) routeeProps = routeeProps.WithDispatcher(merged.Dispatcher);
            if (merged.Mailbox != Deploy.NoMailboxGiven) routeeProps = routeeProps.WithMailbox(merged.Mailbox);
            return new RoutedActorRef(system, routerProps, merged.RouterConfig, routeeProps, supervisor, path);
        }
        catch (Exception e) when (e is not ConfigurationException)
        {
            throw new ConfigurationException($"Configuration problem while creating router [{path}] with dispatcher [{merged.Dispatcher}] and mailbox [{merged.Mailbox}]: {e.Message}", e);
        }
    }
}
