using Akka.Actor;
using Akka.Event;

namespace Akka.Dispatch.SysMsg;

/// <summary>A message of the engine to a cell; it overtakes user messages.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;

/// <summary>Base of system messages; the link makes a mailbox's system queue without a node, so an instance is sent once.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next;

    protected SystemMessage() { }
}

/// <summary>Marks the end of a closed system queue; also a message that does nothing.</summary>
public sealed class NoMessage : SystemMessage
{
    public NoMessage() { }

    public override string ToString() => "NoMessage";
}

/// <summary>The watched <see cref="Actor"/> is gone.</summary>
public sealed class DeathWatchNotification : SystemMessage, IDeadLetterSuppression
{
    public DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        Actor = actor;
        ExistenceConfirmed = existenceConfirmed;
        AddressTerminated = addressTerminated;
    }

    public IActorRef Actor { get; }
    public bool ExistenceConfirmed { get; }
    public bool AddressTerminated { get; }

    public override string ToString() => $"<DeathWatchNotification>: {Actor}, ExistenceConfirmed={ExistenceConfirmed}, AddressTerminated={AddressTerminated}";
}

/// <summary>A child failed; the uid tells its incarnations apart.</summary>
public sealed class Failed : SystemMessage
{
    public Failed(IActorRef child, Exception cause, long uid)
    {
        Child = child;
        Cause = cause;
        Uid = uid;
    }

    public IActorRef Child { get; }
    public Exception Cause { get; }
    public long Uid { get; }

    public override string ToString() => $"<Failed>: {Child} ({Uid}) {Cause}";
}

/// <summary>Announces a child to its supervisor.</summary>
public sealed class Supervise : SystemMessage
{
    public Supervise(IActorRef child, bool async)
    {
        Child = child;
        Async = async;
    }

    public IActorRef Child { get; }
    public bool Async { get; }

    public override string ToString() => $"<Supervise>: {Child}, Async={Async}";
}

/// <summary>Makes <see cref="Watcher"/> learn of the death of <see cref="Watchee"/>.</summary>
public class Watch : SystemMessage
{
    public Watch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        Watchee = watchee;
        Watcher = watcher;
    }

    public IInternalActorRef Watchee { get; }
    public IInternalActorRef Watcher { get; }

    public override string ToString() => $"<Watch>: {Watcher} wants to watch {Watchee}";
}

/// <summary>Ends a watch.</summary>
public sealed class Unwatch : SystemMessage
{
    public Unwatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        Watchee = watchee;
        Watcher = watcher;
    }

    public IInternalActorRef Watchee { get; }
    public IInternalActorRef Watcher { get; }

    public override string ToString() => $"<Unwatch>: {Watcher} wants to unwatch {Watchee}";
}

/// <summary>Makes the actor instance, or fails with what went wrong before.</summary>
public sealed class Create : SystemMessage
{
    public Create(ActorInitializationException? failure = null) => Failure = failure;

    public ActorInitializationException? Failure { get; }

    public override string ToString() => "<Create>" + (Failure is null ? "" : " Failure: " + Failure);
}

/// <summary>Replaces the instance by a fresh one.</summary>
public sealed class Recreate : SystemMessage
{
    public Recreate(Exception cause) => Cause = cause;

    public Exception Cause { get; }

    public override string ToString() => "<Recreate>" + (Cause is null ? "" : " Cause: " + Cause);
}

/// <summary>Ends one suspension.</summary>
public sealed class Resume : SystemMessage
{
    public Resume(Exception? causedByFailure) => CausedByFailure = causedByFailure;

    public Exception? CausedByFailure { get; set; }

    public override string ToString() => "<Resume>" + (CausedByFailure is null ? "" : " CausedByFailure: " + CausedByFailure);
}

/// <summary>Holds back user messages, once more.</summary>
public sealed class Suspend : SystemMessage
{
    public Suspend() { }

    public override string ToString() => "<Suspend>";
}

/// <summary>Stops the actor after the message in hand.</summary>
public sealed class Terminate : SystemMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public Terminate() { }

    public override string ToString() => "<Terminate>";
}

/// <summary>Asks the guardian to stop a top-level actor.</summary>
internal sealed class StopChild(IActorRef child)
{
    internal IActorRef Child => child;

    public override string ToString() => $"<StopChild> {child}";
}

