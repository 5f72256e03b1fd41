using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>A reference without a mailbox: ignores whatever it is not told to handle.</summary>
public abstract class MinimalActorRef : InternalActorRefBase
{
    protected MinimalActorRef() { }

    public override IInternalActorRef Parent => ActorRefs.Nobody;
    public override bool IsLocal => true;
    public override bool IsTerminated => false;

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        foreach (var element in name)
            if (!string.IsNullOrEmpty(element)) return ActorRefs.Nobody;
        return this;
    }

    protected override void TellInternal(object message, IActorRef? sender) { }

    public override void SendSystemMessage(ISystemMessage message) { }

    public override void Start() { }

    public override void Stop() { }

    public override void Suspend() { }

    public override void Restart(Exception cause) { }

    public override void Resume(Exception? causedByFailure = null) { }
}

/// <summary>The reference to no actor at all.</summary>
public sealed class Nobody : MinimalActorRef
{
    private Nobody() { }

    internal static Nobody Instance { get; } = new();

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/Nobody");
    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody belongs to no actor system, so it has no provider.");
}

/// <summary>Swallows everything; made for replies that nobody waits for.</summary>
internal sealed class IgnoreActorRef(IActorRefProvider provider) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "local"), "ignore");
    public override IActorRefProvider Provider => provider;
    public override bool IsTerminated => true;
}

/// <summary>A path at which no actor lives: what is sent there becomes a dead letter, a watch is answered at once.</summary>
public class EmptyLocalActorRef : MinimalActorRef
{
    private readonly IActorRefProvider _provider;
    private readonly ActorPath _path;
    private readonly EventStream _eventStream;

    public EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    {
        _provider = provider;
        _path = path;
        _eventStream = eventStream;
    }

    public override ActorPath Path => _path;
    public override IActorRefProvider Provider => _provider;
    public override bool IsTerminated => true;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is null) throw new InvalidMessageException("Message is null");
        if (message is DeadLetter d) SpecialHandle(d.Message, d.Sender);
        else if (!SpecialHandle(message, sender)) PublishDeadLetter(message, sender, this);
    }

    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, _provider.DeadLetters);

    protected virtual bool SpecialHandle(object message, IActorRef? sender)
    {
        switch (message)
        {
            case Watch w:
                if (w.Watchee.Equals(this) && !w.Watcher.Equals(this))
                    w.Watcher.SendSystemMessage(new DeathWatchNotification(w.Watchee, existenceConfirmed: false, addressTerminated: false));
                return true;
            case Unwatch:
                return true;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null!), ActorRefs.NoSender);
                return true;
            case ActorSelectionMessage selection:
                if (selection.Message is Identify inSelection)
                {
                    if (!selection.WildCardFanOut) sender?.Tell(new ActorIdentity(inSelection.MessageId, null!), ActorRefs.NoSender);
                }
                else PublishDeadLetter(selection.Message, sender, this);
                return true;
            default:
                return false;
        }
    }

    private protected void PublishDeadLetter(object message, IActorRef? sender, IActorRef recipient)
    {
        var from = sender ?? _provider.DeadLetters;
        _eventStream.Publish(message is IDeadLetterSuppression suppressed
            ? new SuppressedDeadLetter(suppressed, from, recipient)
            : new DeadLetter(message, from, recipient));
    }

    private protected void Publish(DeadLetter letter) => _eventStream.Publish(letter);
}

/// <summary>Where undeliverable messages end: publishes them as dead letters.</summary>
public class DeadLetterActorRef : EmptyLocalActorRef
{
    public DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : base(provider, path, eventStream) { }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (message is null) throw new InvalidMessageException("Message is null");
        if (message is DeadLetter d)
        {
            if (SpecialHandle(d.Message, d.Sender)) return;
            if (d.Message is IDeadLetterSuppression) PublishDeadLetter(d.Message, d.Sender, d.Recipient);
            else Publish(d);
        }
        else if (!SpecialHandle(message, sender)) PublishDeadLetter(message, sender, this);
    }

    protected override bool SpecialHandle(object message, IActorRef? sender)
    {
        if (message is not Watch w) return base.SpecialHandle(message, sender);
        if (!w.Watchee.Equals(this) && !w.Watcher.Equals(this))
            w.Watcher.SendSystemMessage(new DeathWatchNotification(w.Watchee, existenceConfirmed: false, addressTerminated: false));
        return true;
    }
}

/// <summary>A path element below which references are registered by name (/temp, extra names).</summary>
internal sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, IInternalActorRef> _children = new();

    public override ActorPath Path => path;
    public override IActorRefProvider Provider => provider;
    public override IInternalActorRef Parent => parent;

    internal void AddChild(string name, IInternalActorRef actor) => _children[name] = actor;

    internal void RemoveChild(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        if (name.Count == 0 || (name.Count == 1 && name[0].Length == 0)) return this;
        if (!_children.TryGetValue(name[0], out var child)) return ActorRefs.Nobody;
        if (name.Count == 1) return child;
        var rest = new List<string>(name);
        rest.RemoveAt(0);
        return child.GetChild(rest);
    }
}
