using Akka.Actor.Internal;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>What to do with a failed child.</summary>
public enum Directive
{
    /// <summary>Go on with the same instance.</summary>
    Resume,

    /// <summary>Go on with a fresh instance.</summary>
    Restart,

    /// <summary>Fail the supervisor in its turn.</summary>
    Escalate,

    /// <summary>End the child.</summary>
    Stop,
}

/// <summary>Chooses a directive by the failure.</summary>
public interface IDecider
{
    Directive Decide(Exception cause);
}

/// <summary>Makes deciders.</summary>
public static class Decider
{
    public static LocalOnlyDecider From(Func<Exception, Directive> localOnlyDecider) => new(localOnlyDecider);

    public static DeployableDecider From(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs) => new(defaultDirective, pairs);

    public static DeployableDecider From(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) => new(defaultDirective, pairs);
}

/// <summary>A function.</summary>
public class LocalOnlyDecider : IDecider
{
    private readonly Func<Exception, Directive> _decider;

    public LocalOnlyDecider(Func<Exception, Directive> decider) => _decider = decider;

    public Directive Decide(Exception cause) => _decider(cause);
}

/// <summary>A table: the first type that the failure is an instance of decides.</summary>
public class DeployableDecider : IDecider, IEquatable<DeployableDecider>
{
    protected DeployableDecider() { }

    public DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) : this(defaultDirective, [.. pairs]) { }

    public DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs)
    {
        DefaultDirective = defaultDirective;
        Pairs = pairs;
    }

    public Directive DefaultDirective { get; private set; }
    public KeyValuePair<Type, Directive>[] Pairs { get; private set; } = [];

    public Directive Decide(Exception cause)
    {
        foreach (var (type, directive) in Pairs)
            if (type.IsInstanceOfType(cause)) return directive;
        return DefaultDirective;
    }

    public bool Equals(DeployableDecider? other) => other is not null && DefaultDirective == other.DefaultDirective && Pairs.AsSpan().SequenceEqual(other.Pairs);
    public override bool Equals(object? obj) => Equals(obj as DeployableDecider);
    public override int GetHashCode() => HashCode.Combine(DefaultDirective, Pairs.Length);
}

/// <summary>How a supervisor treats its failing children.</summary>
public abstract class SupervisorStrategy : ISurrogated
{
    public static IDecider DefaultDecider = Actor.Decider.From(cause => cause is ActorInitializationException or ActorKilledException or DeathPactException
        ? Directive.Stop
        : Directive.Restart);

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);
    public static readonly OneForOneStrategy StoppingStrategy = new(_ => Directive.Stop);

    protected SupervisorStrategy() { }

    public abstract IDecider Decider { get; }

    /// <summary>Whether the failure is logged when it is handled.</summary>
    protected bool LoggingEnabled { get; set; } = true;

    protected abstract Directive Handle(IActorRef child, Exception exception);

    public abstract ISurrogate ToSurrogate(ActorSystem system);

    /// <summary>Applies the verdict, after it was chosen.</summary>
    public abstract void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children);

    public abstract void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children);

    /// <summary>Decides and acts; false to escalate.</summary>
    public bool HandleFailure(ActorCell actorCell, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        var directive = Handle(child, cause);
        switch (directive)
        {
            case Directive.Escalate:
                LogFailure(actorCell, child, cause, directive);
                return false;
            case Directive.Resume:
                LogFailure(actorCell, child, cause, directive);
                ResumeChild(child, cause);
                return true;
            case Directive.Restart or Directive.Stop:
                LogFailure(actorCell, child, cause, directive);
                ProcessFailure(actorCell, directive == Directive.Restart, child, cause, stats, children);
                return true;
            default:
                throw new NotSupportedException($"Unknown directive {directive}.");
        }
    }

    /// <summary>The last thing to do with the failure of a child that goes on.</summary>
    protected void ResumeChild(IActorRef child, Exception exception) => ((IInternalActorRef)child).Resume(exception);

    /// <summary>A child that did not fail itself must be suspended first, so that every restart ends one suspension.</summary>
    protected void RestartChild(IActorRef child, Exception cause, bool suspendFirst)
    {
        var actor = (IInternalActorRef)child;
        if (suspendFirst) actor.Suspend();
        actor.Restart(cause);
    }

    protected virtual void LogFailure(IActorContext context, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate) return;
        var shown = cause is ActorInitializationException { InnerException: { } inner } ? inner : cause;
        var path = child.Path.ToString();
        context.System.EventStream.Publish(directive == Directive.Resume
            ? new Warning(shown, path, GetType(), shown.Message)
            : new Error(cause, path, GetType(), shown.Message));
    }
}

/// <summary>The verdict concerns the failed child alone.</summary>
public class OneForOneStrategy : SupervisorStrategy, IEquatable<OneForOneStrategy>
{
    private readonly int _maxNumberOfRetries;
    private readonly int _withinTimeRangeMilliseconds;
    private readonly IDecider _decider;

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), localOnlyDecider) { }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), decider) { }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled) { }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        _maxNumberOfRetries = maxNrOfRetries;
        _withinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true) : this(-1, -1, localOnlyDecider, loggingEnabled) { }

    public OneForOneStrategy(IDecider decider) : this(-1, -1, decider) { }

    protected OneForOneStrategy() : this(DefaultDecider) { }

    public int MaxNumberOfRetries => _maxNumberOfRetries;
    public int WithinTimeRangeMilliseconds => _withinTimeRangeMilliseconds;
    public override IDecider Decider => _decider;

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) => new(maxNrOfRetries, _withinTimeRangeMilliseconds, _decider, LoggingEnabled);

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);

    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);

    public override void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        if (restart && stats.RequestRestartPermission(_maxNumberOfRetries, _withinTimeRangeMilliseconds)) RestartChild(child, cause, suspendFirst: false);
        else context.Stop(child);
    }

    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children)
    {
        // its siblings have nothing to do with it
    }

    public bool Equals(OneForOneStrategy? other) => other is not null && _maxNumberOfRetries == other._maxNumberOfRetries
        && _withinTimeRangeMilliseconds == other._withinTimeRangeMilliseconds && Equals(_decider, other._decider);

    public override bool Equals(object? obj) => Equals(obj as OneForOneStrategy);
    public override int GetHashCode() => HashCode.Combine(_maxNumberOfRetries, _withinTimeRangeMilliseconds, _decider);

    internal static int Milliseconds(TimeSpan? span) => span is { } given && given != Timeout.InfiniteTimeSpan ? (int)Math.Min(given.TotalMilliseconds, int.MaxValue) : -1;
}

/// <summary>The verdict concerns all children.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    private readonly int _maxNumberOfRetries;
    private readonly int _withinTimeRangeMilliseconds;
    private readonly IDecider _decider;

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, OneForOneStrategy.Milliseconds(withinTimeRange), localOnlyDecider) { }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, OneForOneStrategy.Milliseconds(withinTimeRange), decider) { }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled) { }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        _maxNumberOfRetries = maxNrOfRetries;
        _withinTimeRangeMilliseconds = withinTimeMilliseconds;
        _decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }

    public AllForOneStrategy(IDecider decider) : this(-1, -1, decider) { }

    protected AllForOneStrategy() : this(DefaultDecider) { }

    public int MaxNumberOfRetries => _maxNumberOfRetries;
    public int WithinTimeRangeMilliseconds => _withinTimeRangeMilliseconds;
    public override IDecider Decider => _decider;

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);

    protected override Directive Handle(IActorRef child, Exception exception) => _decider.Decide(exception);

    public override void ProcessFailure(IActorContext context, bool restart, IActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyCollection<ChildRestartStats> children)
    {
        if (children.Count == 0) return;
        var permitted = restart;
        if (restart)
            foreach (var one in children) permitted &= one.RequestRestartPermission(_maxNumberOfRetries, _withinTimeRangeMilliseconds);
        foreach (var one in children)
        {
            if (permitted) RestartChild(one.Child, cause, suspendFirst: !child.Equals(one.Child));
            else context.Stop(one.Child);
        }
    }

    public override void HandleChildTerminated(IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children)
    {
        // its siblings were dealt with when it failed
    }

    public bool Equals(AllForOneStrategy? other) => other is not null && _maxNumberOfRetries == other._maxNumberOfRetries
        && _withinTimeRangeMilliseconds == other._withinTimeRangeMilliseconds && Equals(_decider, other._decider);

    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);
    public override int GetHashCode() => HashCode.Combine(_maxNumberOfRetries, _withinTimeRangeMilliseconds, _decider);
}

/// <summary>Makes the strategy of the guardians (<c>akka.actor.guardian-supervisor-strategy</c>).</summary>
public abstract class SupervisorStrategyConfigurator
{
    protected SupervisorStrategyConfigurator() { }

    public abstract SupervisorStrategy Create();

    /// <exception cref="Configuration.ConfigurationException">No such type.</exception>
    internal static SupervisorStrategyConfigurator CreateConfigurator(string typeName) => typeName switch
    {
        "Akka.Actor.DefaultSupervisorStrategy" => new DefaultSupervisorStrategy(),
        "Akka.Actor.StoppingSupervisorStrategy" => new StoppingSupervisorStrategy(),
        _ => Type.GetType(typeName) is { } type ? (SupervisorStrategyConfigurator)ActorFactory.Create(type, [])
            : throw new Configuration.ConfigurationException($"Could not find SupervisorStrategyConfigurator type {typeName} (akka.actor.guardian-supervisor-strategy)."),
    };
}

/// <summary>The default strategy for the guardians.</summary>
public class DefaultSupervisorStrategy : SupervisorStrategyConfigurator
{
    public DefaultSupervisorStrategy() { }

    public override SupervisorStrategy Create() => SupervisorStrategy.DefaultStrategy;
}

/// <summary>Guardians that stop whatever fails.</summary>
public class StoppingSupervisorStrategy : SupervisorStrategyConfigurator
{
    public StoppingSupervisorStrategy() { }

    public override SupervisorStrategy Create() => SupervisorStrategy.StoppingStrategy;
}
