using System.Collections.Concurrent;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor.Internal;

/// <summary>The actor system of one process.</summary>
public class ActorSystemImpl : ExtendedActorSystem
{
    private readonly string _name;
    private readonly Settings _settings;
    private readonly EventStream _eventStream;
    private readonly Mailboxes _mailboxes;
    private readonly IScheduler _scheduler;
    private readonly Dispatchers _dispatchers;
    private readonly IActorRefProvider _provider;
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly TaskCompletionSource _whenTerminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _terminationCallbacks = new();
    private ILoggingAdapter _log;
    private IActorRef? _deadLetterListener;
    private Serialization.Serialization? _serialization;
    private int _terminating;

    public ActorSystemImpl(string name) : this(name, ConfigurationFactory.Default(), ActorSystemSetup.Empty) { }

    internal ActorSystemImpl(string name, Config config, ActorSystemSetup setup)
    {
        _name = Checked(name);
        ArgumentNullException.ThrowIfNull(config);
        _settings = new Settings(this, config, setup);
        _eventStream = new EventStream(_settings.DebugEventStream);
        _eventStream.StartStdoutLogger(_settings);
        _log = Logging.GetLogger(this, "ActorSystem");
        _mailboxes = new Mailboxes(this);
        _scheduler = MakeScheduler();
        _dispatchers = new Dispatchers(this, new DefaultDispatcherPrerequisites(_eventStream, _scheduler, _settings, _mailboxes), _log);
        _provider = MakeProvider();
    }

    public override string Name => _name;
    public override Settings Settings => _settings;
    public override EventStream EventStream => _eventStream;
    public override Mailboxes Mailboxes => _mailboxes;
    public override Dispatchers Dispatchers => _dispatchers;
    public override IScheduler Scheduler => _scheduler;
    public override ILoggingAdapter Log => _log;
    public override IActorRefProvider Provider => _provider;
    public override IActorRef DeadLetters => _provider.DeadLetters;
    public override IActorRef IgnoreRef => _provider.IgnoreRef;
    public override IInternalActorRef Guardian => _provider.Guardian;
    public override IInternalActorRef LookupRoot => _provider.RootGuardian;
    public override IInternalActorRef SystemGuardian => _provider.SystemGuardian;
    public override Task WhenTerminated => _whenTerminated.Task;

    /// <summary>Made when something is first serialised.</summary>
    public override Serialization.Serialization Serialization => Volatile.Read(ref _serialization)
        ?? Interlocked.CompareExchange(ref _serialization, new Serialization.Serialization(this), null) ?? _serialization;

    public void Start()
    {
        try
        {
            _provider.Init(this);
            _eventStream.StartUnsubscriber(this);
            _eventStream.StartDefaultLoggers(this);
            _log = Logging.GetLogger(this, "ActorSystem"); // an adapter keeps the level of its bus, which had none before
            if (_settings.LogDeadLetters > 0) _deadLetterListener = SystemActorOf(new DirectProps(typeof(DeadLetterListener), static () => new DeadLetterListener()), "deadLetterListener");
            LoadExtensions();
            if (_settings.LogConfigOnStart) _log.Info(_settings.ToString());
            // Its shutdown hooks must be in place before anything can end the process.
            if (_settings.CoordinatedShutdownRunByClrHook || _settings.CoordinatedShutdownRunByActorSystemTerminate) CoordinatedShutdown.Get(this);
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"Actor system {_name} did not start: {e.Message}");
            FinalTerminate();
            throw;
        }
    }

    private static string Checked(string name)
    {
        if (string.IsNullOrEmpty(name)) throw new ArgumentException("The name of an actor system must not be empty.", nameof(name));
        for (var i = 0; i < name.Length; i++)
            if (!(char.IsAsciiLetterOrDigit(name[i]) || (i > 0 && name[i] is '-' or '_')))
                throw new ArgumentException($"invalid ActorSystem name [{name}], must contain only word characters (i.e. [a-zA-Z0-9] plus non-leading '-' or '_')", nameof(name));
        return name;
    }

    private IScheduler MakeScheduler()
    {
        if (_settings.SchedulerClass is "Akka.Actor.HashedWheelTimerScheduler") return new HashedWheelTimerScheduler(_settings.Config, _log);
        var type = Type.GetType(_settings.SchedulerClass) ?? throw new ConfigurationException($"Scheduler type {_settings.SchedulerClass} (akka.scheduler.implementation) not found.");
        return (IScheduler)ActorFactory.Create(type, [_settings.Config, _log]);
    }

    private IActorRefProvider MakeProvider()
    {
        if (_settings.ProviderSelectionType is ProviderSelection.Local) return new LocalActorRefProvider(_name, _settings, _eventStream);
        var type = Type.GetType(_settings.ProviderClass) ?? throw new ConfigurationException($"'akka.actor.provider' is not a valid type name : '{_settings.ProviderClass}'");
        return (IActorRefProvider)ActorFactory.Create(type, [_name, _settings, _eventStream]);
    }

    private void LoadExtensions()
    {
        foreach (var name in _settings.Config.GetStringList("akka.extensions", []))
        {
            var type = Type.GetType(name) ?? throw new ConfigurationException($"akka.extensions names {name}, which is no type that can be found.");
            if (!typeof(IExtensionId).IsAssignableFrom(type)) throw new ConfigurationException($"akka.extensions names {name}, which does not implement IExtensionId.");
            RegisterExtension((IExtensionId)Activator.CreateInstance(type)!);
        }
    }

    public override IActorRef ActorOf(Props props, string? name = null) => _provider.Guardian.Cell.AttachChild(props, isSystemService: false, name);

    public override IActorRef SystemActorOf(Props props, string? name = null) => _provider.SystemGuardian.Cell.AttachChild(props, isSystemService: true, name);

    public override IActorRef SystemActorOf<TActor>(string? name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, this, _provider.RootGuardian);

    /// <summary>Top-level actors are stopped by their guardian, whose business its children are.</summary>
    public override void Stop(IActorRef actor)
    {
        var parent = actor.Path.Parent;
        if (parent == _provider.Guardian.Path) _provider.Guardian.Tell(new StopChild(actor));
        else if (parent == _provider.SystemGuardian.Path) _provider.SystemGuardian.Tell(new StopChild(actor));
        else ((IInternalActorRef)actor).Stop();
    }

    public override object RegisterExtension(IExtensionId extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        var type = extension.ExtensionType;
        if (!_extensions.TryGetValue(type, out var made)) made = _extensions.GetOrAdd(type, new Lazy<object>(() => extension.CreateExtension(this)));
        try
        {
            return made.Value;
        }
        catch
        {
            _extensions.TryRemove(new KeyValuePair<Type, Lazy<object>>(type, made)); // the next caller may try again
            throw;
        }
    }

    public override object GetExtension(IExtensionId extensionId) =>
        TryGetExtension(extensionId.ExtensionType, out var extension) ? extension! : throw NotRegistered(extensionId.ExtensionType);

    public override T GetExtension<T>() => TryGetExtension<T>(out var extension) ? extension! : throw NotRegistered(typeof(T));

    private static InvalidOperationException NotRegistered(Type type) => new($"Extension {type} is not registered: register its id with RegisterExtension or name it in akka.extensions.");

    public override bool HasExtension(Type type) => typeof(IExtension).IsAssignableFrom(type) && _extensions.ContainsKey(type);

    public override bool HasExtension<T>() => _extensions.ContainsKey(typeof(T));

    public override bool TryGetExtension(Type extensionType, out object? extension)
    {
        extension = _extensions.TryGetValue(extensionType, out var made) ? made.Value : null;
        return extension is not null;
    }

    public override bool TryGetExtension<T>(out T? extension) where T : class
    {
        extension = TryGetExtension(typeof(T), out var found) ? (T?)found : null;
        return extension is not null;
    }

    public override void RegisterOnTermination(Action code)
    {
        lock (_terminationCallbacks)
        {
            if (_whenTerminated.Task.IsCompleted) throw new InvalidOperationException($"ActorSystem {_name} already terminated.");
            _terminationCallbacks.Push(code);
        }
    }

    public override Task Terminate()
    {
        if (_settings.CoordinatedShutdownRunByActorSystemTerminate) CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        else FinalTerminate();
        return WhenTerminated;
    }

    internal override Task FinalTerminate()
    {
        if (Interlocked.Exchange(ref _terminating, 1) != 0) return WhenTerminated;
        _ = ReleaseAfter(_provider.TerminationTask);
        if (_deadLetterListener is not null && !_settings.LogDeadLettersDuringShutdown) ((IInternalActorRef)_deadLetterListener).Stop();
        _provider.Guardian?.Stop();
        if (_provider.Guardian is null) _whenTerminated.TrySetResult(); // it never got that far
        return WhenTerminated;
    }

    private async Task ReleaseAfter(Task allActorsStopped)
    {
        await allActorsStopped.ConfigureAwait(false);
        try
        {
            RunTerminationCallbacks();
            if (_scheduler is IDisposable disposable) disposable.Dispose();
            _eventStream.StopDefaultLoggers(this);
            _dispatchers.Shutdown();
        }
        finally
        {
            _whenTerminated.TrySetResult();
        }
    }

    private void RunTerminationCallbacks()
    {
        while (true)
        {
            Action code;
            lock (_terminationCallbacks)
                if (!_terminationCallbacks.TryPop(out code!)) return;
            try
            {
                code();
            }
            catch (Exception e)
            {
                _log.Error(e, "A termination callback failed");
            }
        }
    }

    // The log asks for it before there is a provider.
    public override string ToString() => _provider?.RootPath.Address.ToString() ?? "akka://" + _name;
}
