using System.Diagnostics;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A tree of actors with its threads, clock, event stream and configuration.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    private static readonly long ProcessStart = Stopwatch.GetTimestamp();

    private readonly TimeSpan _startTime = Stopwatch.GetElapsedTime(ProcessStart);

    protected ActorSystem() { }

    public abstract Settings Settings { get; }
    public abstract string Name { get; }
    public abstract Serialization.Serialization Serialization { get; }
    public abstract EventStream EventStream { get; }
    public abstract IActorRef DeadLetters { get; }

    /// <summary>Swallows what it gets; made for replies that nobody waits for.</summary>
    public abstract IActorRef IgnoreRef { get; }
    public abstract Dispatchers Dispatchers { get; }
    public abstract Mailboxes Mailboxes { get; }
    public abstract IScheduler Scheduler { get; }
    public abstract ILoggingAdapter Log { get; }

    /// <summary>Done once every actor has stopped and the system's own resources are released.</summary>
    public abstract Task WhenTerminated { get; }
    public TimeSpan StartTime => _startTime;
    public TimeSpan Uptime => Stopwatch.GetElapsedTime(ProcessStart) - _startTime;

    /// <exception cref="ArgumentException">The name is empty or has characters other than ASCII letters, digits, - and _.</exception>
    public static ActorSystem Create(string name) => CreateAndStart(name, ConfigurationFactory.Default(), ActorSystemSetup.Empty);

    public static ActorSystem Create(string name, Config config) => CreateAndStart(name, config, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)));

    public static ActorSystem Create(string name, BootstrapSetup setup) => Create(name, ActorSystemSetup.Create(setup));

    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        var config = bootstrap.HasValue && bootstrap.Value.Config.HasValue ? bootstrap.Value.Config.Value : ConfigurationFactory.Default();
        return CreateAndStart(name, config, setup);
    }

    private static ActorSystem CreateAndStart(string name, Config config, ActorSystemSetup setup)
    {
        var system = new ActorSystemImpl(name, config, setup);
        system.Start();
        return system;
    }

    public abstract object GetExtension(IExtensionId extensionId);
    public abstract T GetExtension<T>() where T : class, IExtension;
    public abstract bool HasExtension(Type type);
    public abstract bool HasExtension<T>() where T : class, IExtension;
    public abstract bool TryGetExtension(Type extensionType, out object? extension);
    public abstract bool TryGetExtension<T>(out T? extension) where T : class, IExtension;
    public abstract object RegisterExtension(IExtensionId extension);

    public abstract IActorRef ActorOf(Props props, string? name = null);
    public abstract ActorSelection ActorSelection(ActorPath actorPath);
    public abstract ActorSelection ActorSelection(string actorPath);

    public abstract void Stop(IActorRef actor);

    /// <summary>Runs <paramref name="code"/> after all actors have stopped; the last registered first.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Stops all actors, through coordinated shutdown where it is configured so.</summary>
    public abstract Task Terminate();

    internal abstract Task FinalTerminate();

    /// <summary>Starts the termination; does not wait for it.</summary>
    public void Dispose()
    {
        Terminate();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What extensions and providers need beyond the public face.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    protected ExtendedActorSystem() { }

    public abstract IActorRefProvider Provider { get; }
    public abstract IInternalActorRef Guardian { get; }
    public abstract IInternalActorRef LookupRoot { get; }
    public abstract IInternalActorRef SystemGuardian { get; }

    /// <summary>Makes an actor below /system.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);

    public abstract IActorRef SystemActorOf<TActor>(string? name = null) where TActor : ActorBase, new();
}

/// <summary>A part of a system, one instance each.</summary>
public interface IExtension;

/// <summary>Finds or makes an extension.</summary>
public interface IExtensionId
{
    Type ExtensionType { get; }
    object Apply(ActorSystem system);
    object Get(ActorSystem system);
    object CreateExtension(ExtendedActorSystem system);
}

/// <summary>The same, typed.</summary>
public interface IExtensionId<out T> : IExtensionId where T : IExtension
{
    new T Apply(ActorSystem system);
    new T Get(ActorSystem system);
    new T CreateExtension(ExtendedActorSystem system);
}

/// <summary>Base of extension ids: two of a type are the same id.</summary>
public abstract class ExtensionIdProvider<T> : IExtensionId<T> where T : IExtension
{
    protected ExtensionIdProvider() { }

    public Type ExtensionType => typeof(T);

    public T Apply(ActorSystem system) => (T)system.RegisterExtension(this);
    public T Get(ActorSystem system) => (T)system.GetExtension(this);
    public abstract T CreateExtension(ExtendedActorSystem system);

    object IExtensionId.Apply(ActorSystem system) => Apply(system);
    object IExtensionId.Get(ActorSystem system) => Get(system);
    object IExtensionId.CreateExtension(ExtendedActorSystem system) => CreateExtension(system);

    public override bool Equals(object? obj) => obj is ExtensionIdProvider<T>;
    public override int GetHashCode() => typeof(T).GetHashCode();
}

/// <summary>Finds extensions by their id's type.</summary>
public static class ActorSystemWithExtensions
{
    public static T WithExtension<T>(this ActorSystem system) where T : class, IExtension => system.GetExtension<T>();

    public static T WithExtension<T, TI>(this ActorSystem system) where T : class, IExtension where TI : IExtensionId => system.WithExtension<T>(typeof(TI));

    public static T WithExtension<T>(this ActorSystem system, Type extensionId) where T : class, IExtension =>
        system.TryGetExtension<T>(out var known) ? known! : (T)system.RegisterExtension((IExtensionId)Activator.CreateInstance(extensionId)!);
}
