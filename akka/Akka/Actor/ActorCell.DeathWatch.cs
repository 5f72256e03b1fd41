using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{


    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        if (message is null) throw new ArgumentNullException(nameof(message), "message must not be null");
        return Watch(subject, message);
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject.Equals(_self)) return subject;
        Watching ??= [];
        if (Watching.TryGetValue(subject, out var known))
        {
            if (!Equals(known, message))
                throw new InvalidOperationException($"Watch({_self}, {subject}) termination message was not overwritten from [{known ?? "Terminated"}] to [{message ?? "Terminated"}]. "
                    + "If this was intended, unwatch first before using `Watch` / `WatchWith` with another message.");
            return subject;
        }
        ((IInternalActorRef)subject).SendSystemMessage(new Dispatch.SysMsg.Watch((IInternalActorRef)subject, _self));
        Watching[subject] = message;
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (!subject.Equals(_self) && Watching is not null && Watching.Remove(subject))
            ((IInternalActorRef)subject).SendSystemMessage(new Dispatch.SysMsg.Unwatch((IInternalActorRef)subject, _self));
        TerminatedQueued?.Remove(subject);
        return subject;
    }

    /// <summary>A stashed Terminated counts as queued again.</summary>
    public void TerminatedQueuedFor(IActorRef subject, Util.Option<object> customMessage) => (TerminatedQueued ??= [])[subject] = customMessage.GetOrElse(null!);

    protected void ReceivedTerminated(Terminated t)
    {
        if (TerminatedQueued is null || !TerminatedQueued.Remove(t.ActorRef, out var custom)) return;
        if (custom is not null) CurrentMessage = custom;
        ReceiveMessage(custom ?? t);
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        object? message = null;
        if ((Watching is { } watching && watching.Remove(actor, out message) || WatchesChild(actor)) && !IsTerminating)
        {
            (TerminatedQueued ??= [])[actor] = message;
            _self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
        }
        if (_children is not null && _children.Has(actor)) HandleChildTerminated(actor);
    }

    /// <summary>Whether a child is watched without an entry for it: its parent learns of its death anyway.</summary>
    private protected virtual bool WatchesChild(IActorRef child) => false;

    private void AddWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if (!watcher.Equals(Parent)) (WatchedBy ??= []).Add(watcher); // the parent learns of every death anyway
        }
        else if (!watchee.Equals(_self) && watcher.Equals(_self)) Watch(watchee);
        else Publish(new Warning(_self.Path.ToString(), _actor?.GetType() ?? GetType(), $"BUG: illegal Watch({watchee},{watcher}) for {_self}"));
    }

    private void RemWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self)) WatchedBy?.Remove(watcher);
        else if (!watchee.Equals(_self) && watcher.Equals(_self)) Unwatch(watchee);
        else Publish(new Warning(_self.Path.ToString(), _actor?.GetType() ?? GetType(), $"BUG: illegal Unwatch({watchee},{watcher}) for {_self}"));
    }

    /// <summary>After the parent was told.</summary>
    private void TellWatchersWeDied()
    {
        if (WatchedBy is null) return;
        foreach (var watcher in WatchedBy)
            ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
        WatchedBy = null;
    }

    private void UnwatchWatchedActors()
    {
        if (Watching is not null)
            foreach (var watchee in Watching.Keys)
                ((IInternalActorRef)watchee).SendSystemMessage(new Dispatch.SysMsg.Unwatch((IInternalActorRef)watchee, _self));
        Watching = null;
        TerminatedQueued = null;
    }
}
