using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Whom this actor watches, with the message it wants instead of Terminated.</summary>
    private Dictionary<IActorRef, object?>? _watching;

    /// <summary>Whose Terminated lies in the mailbox; taking an entry out cancels it.</summary>
    private Dictionary<IActorRef, object?>? _terminatedQueued;
    private HashSet<IActorRef>? _watchedBy;

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
        _watching ??= [];
        if (_watching.TryGetValue(subject, out var known))
        {
            if (!Equals(known, message))
                throw new InvalidOperationException($"Watch({_self}, {subject}) termination message was not overwritten from [{known ?? "Terminated"}] to [{message ?? "Terminated"}]. "
                    + "If this was intended, unwatch first before using `Watch` / `WatchWith` with another message.");
            return subject;
        }
        ((IInternalActorRef)subject).SendSystemMessage(new Dispatch.SysMsg.Watch((IInternalActorRef)subject, _self));
        _watching[subject] = message;
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (!subject.Equals(_self) && _watching is not null && _watching.Remove(subject))
            ((IInternalActorRef)subject).SendSystemMessage(new Dispatch.SysMsg.Unwatch((IInternalActorRef)subject, _self));
        _terminatedQueued?.Remove(subject);
        return subject;
    }

    /// <summary>A stashed Terminated counts as queued again.</summary>
    public void TerminatedQueuedFor(IActorRef subject, Util.Option<object> customMessage) => (_terminatedQueued ??= [])[subject] = customMessage.GetOrElse(null!);

    protected void ReceivedTerminated(Terminated t)
    {
        if (_terminatedQueued is null || !_terminatedQueued.Remove(t.ActorRef, out var custom)) return;
        if (custom is not null) CurrentMessage = custom;
        ReceiveMessage(custom ?? t);
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (_watching is not null && _watching.Remove(actor, out var message) && !IsTerminating)
        {
            (_terminatedQueued ??= [])[actor] = message;
            _self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
        }
        if (_children is not null && _children.TryGetByRef(actor, out _)) HandleChildTerminated(actor);
    }

    private void AddWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self))
        {
            if (!watcher.Equals(Parent)) (_watchedBy ??= []).Add(watcher); // the parent learns of every death anyway
        }
        else if (!watchee.Equals(_self) && watcher.Equals(_self)) Watch(watchee);
        else Publish(new Warning(_self.Path.ToString(), _actor?.GetType() ?? GetType(), $"BUG: illegal Watch({watchee},{watcher}) for {_self}"));
    }

    private void RemWatcher(IActorRef watchee, IActorRef watcher)
    {
        if (watchee.Equals(_self) && !watcher.Equals(_self)) _watchedBy?.Remove(watcher);
        else if (!watchee.Equals(_self) && watcher.Equals(_self)) Unwatch(watchee);
        else Publish(new Warning(_self.Path.ToString(), _actor?.GetType() ?? GetType(), $"BUG: illegal Unwatch({watchee},{watcher}) for {_self}"));
    }

    /// <summary>After the parent was told.</summary>
    private void TellWatchersWeDied()
    {
        if (_watchedBy is null) return;
        foreach (var watcher in _watchedBy)
            ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
        _watchedBy = null;
    }

    private void UnwatchWatchedActors()
    {
        if (_watching is not null)
            foreach (var watchee in _watching.Keys)
                ((IInternalActorRef)watchee).SendSystemMessage(new Dispatch.SysMsg.Unwatch((IInternalActorRef)watchee, _self));
        _watching = null;
        _terminatedQueued = null;
    }
}
