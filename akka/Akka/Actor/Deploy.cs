using Akka.Configuration;
using Akka.Routing;

namespace Akka.Actor;

/// <summary>Where an actor lives.</summary>
public abstract class Scope : IEquatable<Scope>
{
    public static readonly LocalScope Local = LocalScope.Instance;

    protected Scope() { }

    public abstract Scope WithFallback(Scope other);
    public abstract Scope Copy();
    public virtual bool Equals(Scope? other) => other is not null && GetType() == other.GetType();
}

/// <summary>In this process.</summary>
public class LocalScope : Scope
{
    private LocalScope() { }

    public static LocalScope Instance { get; } = new();

    public override Scope WithFallback(Scope other) => Instance;
    public override Scope Copy() => Instance;
    public override bool Equals(object? obj) => Equals(obj as Scope);
    public override int GetHashCode() => 1;
}

/// <summary>Nobody said where.</summary>
internal sealed class NoScopeGiven : Scope
{
    internal static readonly NoScopeGiven Instance = new();

    public override Scope WithFallback(Scope other) => other;
    public override Scope Copy() => Instance;
    public override bool Equals(object? obj) => Equals(obj as Scope);
    public override int GetHashCode() => 2;
}

/// <summary>How an actor is deployed: its router, dispatcher, mailbox and stash size. Values given here win over fallbacks.</summary>
public class Deploy : IEquatable<Deploy>
{
    public const int NoStashSize = -1;
    public static readonly string NoDispatcherGiven = string.Empty;
    public static readonly string NoMailboxGiven = string.Empty;
    public static readonly Scope NoScopeGiven = Actor.NoScopeGiven.Instance;
    public static readonly Deploy Local = new(Scope.Local);
    public static readonly Deploy None = new();

    public Deploy() : this("", Config.Empty, RouterConfig.NoRouter, NoScopeGiven, NoDispatcherGiven) { }

    public Deploy(Scope scope) : this("", Config.Empty, RouterConfig.NoRouter, scope, NoDispatcherGiven) { }

    public Deploy(string path, Scope scope) : this(path, Config.Empty, RouterConfig.NoRouter, scope, NoDispatcherGiven) { }

    public Deploy(RouterConfig routerConfig, Scope scope) : this("", Config.Empty, routerConfig, scope, NoDispatcherGiven) { }

    public Deploy(RouterConfig routerConfig) : this("", Config.Empty, routerConfig, NoScopeGiven, NoDispatcherGiven) { }

    public Deploy(string path, Config config, RouterConfig routerConfig, Scope scope, string dispatcher)
        : this(path, config, routerConfig, scope, dispatcher, NoMailboxGiven) { }

    public Deploy(string path, Config config, RouterConfig routerConfig, Scope scope, string dispatcher, string mailbox)
        : this(path, config, routerConfig, scope, dispatcher, mailbox, NoStashSize) { }

    public Deploy(string path, Config config, RouterConfig routerConfig, Scope scope, string dispatcher, string mailbox, int stashCapacity)
    {
        Path = path ?? "";
        Config = config;
        RouterConfig = routerConfig;
        Scope = scope ?? NoScopeGiven;
        Dispatcher = dispatcher ?? NoDispatcherGiven;
        Mailbox = mailbox ?? NoMailboxGiven;
        StashCapacity = stashCapacity;
    }

    public string Path { get; }
    public Config Config { get; }
    public RouterConfig RouterConfig { get; }
    public Scope Scope { get; }
    public string Dispatcher { get; }
    public string Mailbox { get; }
    public int StashCapacity { get; }

    public virtual Deploy WithFallback(Deploy other) => new(
        Path,
        Config.Equals(other.Config) ? Config : Config.WithFallback(other.Config),
        RouterConfig.WithFallback(other.RouterConfig),
        Scope.WithFallback(other.Scope),
        Dispatcher == NoDispatcherGiven ? other.Dispatcher : Dispatcher,
        Mailbox == NoMailboxGiven ? other.Mailbox : Mailbox,
        StashCapacity == NoStashSize ? other.StashCapacity : StashCapacity);

    public virtual Deploy WithScope(Scope scope) => new(Path, Config, RouterConfig, scope ?? Scope, Dispatcher, Mailbox, StashCapacity);

    public virtual Deploy WithMailbox(string mailbox) => new(Path, Config, RouterConfig, Scope, Dispatcher, mailbox, StashCapacity);

    public virtual Deploy WithDispatcher(string dispatcher) => new(Path, Config, RouterConfig, Scope, dispatcher, Mailbox, StashCapacity);

    public virtual Deploy WithRouterConfig(RouterConfig routerConfig) => new(Path, Config, routerConfig, Scope, Dispatcher, Mailbox, StashCapacity);

    public virtual Deploy WithStashCapacity(int stashSize) => new(Path, Config, RouterConfig, Scope, Dispatcher, Mailbox, stashSize);

    public bool Equals(Deploy? other) => ReferenceEquals(this, other)
        || (other is not null && Path == other.Path && Equals(RouterConfig, other.RouterConfig) && Scope.Equals(other.Scope)
            && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox && StashCapacity == other.StashCapacity && Config.Equals(other.Config));

    public override bool Equals(object? obj) => Equals(obj as Deploy);

    public override int GetHashCode() => HashCode.Combine(Path, Dispatcher, Mailbox, StashCapacity);
}
