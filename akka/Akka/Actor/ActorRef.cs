using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Whatever a message can be sent to.</summary>
public interface ICanTell
{
    /// <summary>Sends <paramref name="message"/>, fire and forget, at most once.</summary>
    void Tell(object message, IActorRef? sender);
}

/// <summary>Tells whether the target lives in this process.</summary>
public interface IActorRefScope
{
    bool IsLocal { get; }
}

/// <summary>A handle to an actor incarnation: serialisable in meaning, comparable by path and uid.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    ActorPath Path { get; }
}

/// <summary>What the engine needs of a reference beyond telling.</summary>
public interface IInternalActorRef : IActorRef, IActorRefScope
{
    IInternalActorRef Parent { get; }
    IActorRefProvider Provider { get; }
    bool IsTerminated { get; }
    IActorRef GetChild(IReadOnlyList<string> name);
    void Resume(Exception? causedByFailure = null);
    void Start();
    void Stop();
    void Restart(Exception cause);
    void Suspend();
    void SendSystemMessage(ISystemMessage message);
}

/// <summary>Marks exceptions to the rule that a harmful message must not come from outside.</summary>
public interface IPossiblyHarmful;

/// <summary>Marks a message that the engine answers itself before the actor's behaviour sees it.</summary>
public interface IAutoReceivedMessage;

/// <summary>Marks a message that does not restart the receive time-out.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>Marks a message that is never checked for serialisability.</summary>
public interface INoSerializationVerificationNeeded;

/// <summary>A message that carries another.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}

/// <summary>Equality, order and null checks that every reference shares.</summary>
public abstract class ActorRefBase : IActorRef
{
    protected ActorRefBase() { }

    public abstract ActorPath Path { get; }

    public void Tell(object message, IActorRef? sender) => TellInternal(message, sender);

    protected abstract void TellInternal(object message, IActorRef? sender);

    public override string ToString() => Path.Uid == ActorCell.UndefinedUid ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";

    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || (obj is IActorRef other && Equals(other));

    public bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    public override int GetHashCode() => Path.Uid == ActorCell.UndefinedUid ? Path.GetHashCode() : Path.Uid.GetHashCode();

    public int CompareTo(object? obj)
    {
        if (obj is not (null or IActorRef)) throw new ArgumentException($"An IActorRef is comparable to an IActorRef only, not to {obj.GetType()}.", nameof(obj));
        return CompareTo((IActorRef?)obj);
    }

    public int CompareTo(IActorRef? other)
    {
        if (other is null) return 1;
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }
}

/// <summary>Base of every reference that the engine itself makes.</summary>
public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    protected InternalActorRefBase() { }

    public abstract IInternalActorRef Parent { get; }
    public abstract IActorRefProvider Provider { get; }
    public abstract bool IsTerminated { get; }
    public abstract bool IsLocal { get; }
    public abstract IActorRef GetChild(IReadOnlyList<string> name);
    public abstract void Resume(Exception? causedByFailure = null);
    public abstract void Start();
    public abstract void Stop();
    public abstract void Restart(Exception cause);
    public abstract void Suspend();
    public abstract void SendSystemMessage(ISystemMessage message);
}

/// <summary>A reference with a cell behind it.</summary>
public abstract class ActorRefWithCell : InternalActorRefBase
{
    protected ActorRefWithCell() { }

    public abstract ICell Underlying { get; }
    public abstract IEnumerable<IActorRef> Children { get; }
    public abstract IInternalActorRef GetSingleChild(string name);
}

/// <summary>A reference to an actor of this process: a thin face of its cell.</summary>
public class LocalActorRef : ActorRefWithCell
{
    private readonly ActorPath _path;
    private readonly ActorCell _cell;

    public LocalActorRef(ActorSystemImpl system, Props props, Dispatch.MessageDispatcher dispatcher, Dispatch.MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path)
    {
        _path = path;
        _cell = NewActorCell(system, this, props, dispatcher, supervisor);
        // The guardians' supervisor outlives nothing and counts no child, so it needs no announcement; a parent cell registers its child itself.
        _cell.Init(sendSupervise: false, mailboxType);
    }

    public override ActorPath Path => _path;
    public override IActorRefProvider Provider => _cell.SystemImpl.Provider;
    public override IInternalActorRef Parent => _cell.Parent;
    public override ICell Underlying => _cell;
    public override IEnumerable<IActorRef> Children => _cell.GetChildren();
    public override bool IsTerminated => _cell.IsTerminated;
    public override bool IsLocal => true;
    public ActorCell Cell => _cell;

    protected virtual ActorCell NewActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, Dispatch.MessageDispatcher dispatcher, IInternalActorRef supervisor) =>
        new(system, self, props, dispatcher, supervisor);

    protected override void TellInternal(object message, IActorRef? sender) => _cell.SendMessage(sender!, message);

    public override void Start() => _cell.Start();
    public override void Suspend() => _cell.Suspend();
    public override void Resume(Exception? causedByFailure = null) => _cell.Resume(causedByFailure);
    public override void Restart(Exception cause) => _cell.Restart(cause);
    public override void Stop() => _cell.Stop();
    public override void SendSystemMessage(ISystemMessage message) => _cell.SendSystemMessage(message);

    public override IInternalActorRef GetSingleChild(string name) => _cell.GetSingleChild(name);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        IInternalActorRef current = this;
        for (var i = 0; i < name.Count; i++)
        {
            if (current is not ActorRefWithCell withCell) return current.GetChild(Rest(name, i));
            current = name[i] switch
            {
                ".." => withCell.Parent,
                "" => current,
                var child => withCell.GetSingleChild(child),
            };
            if (current.IsNobody()) return ActorRefs.Nobody;
        }
        return current;
    }

    private static List<string> Rest(IReadOnlyList<string> name, int from)
    {
        var rest = new List<string>(name.Count - from);
        for (var i = from; i < name.Count; i++) rest.Add(name[i]);
        return rest;
    }
}

/// <summary>The references that stand for nothing.</summary>
public static class ActorRefs
{
    public static readonly Nobody Nobody = Nobody.Instance;
    public static readonly IActorRef NoSender = null!;
}

/// <summary>Null-object helpers.</summary>
public static class ActorRefExtensions
{
    public static bool IsNobody(this IActorRef actorRef) => actorRef is null or Nobody or DeadLetterActorRef;

    public static IActorRef GetOrElse(this IActorRef actorRef, Func<IActorRef> elseValue) => actorRef.IsNobody() ? elseValue() : actorRef;
}

/// <summary>Tell and Forward with the sender taken from the running actor.</summary>
public static class ActorRefImplicitSenderExtensions
{
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.GetCurrentSenderOrNoSender());
}
