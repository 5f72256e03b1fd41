using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>The parent of all top-level actors; the root of the tree is one too.</summary>
public class GuardianActor : ActorBase
{
    public GuardianActor() { }

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated:
                // The end of /system is the end of the system, also when nobody asked for it: a guardian failed or was stopped.
                ((ActorSystemImpl)Context.System).FinalTerminate();
                Context.Stop(Self);
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }
        return true;
    }

    /// <summary>A guardian that restarts must not stop its children.</summary>
    protected override void PreStart()
    {
        // nothing to prepare
    }
}

/// <summary>The parent of the engine's own actors; stops once the user guardian has stopped.</summary>
public class SystemGuardianActor : ActorBase
{
    private readonly IActorRef _userGuardian;

    public SystemGuardianActor(IActorRef userGuardian) => _userGuardian = userGuardian;

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_userGuardian):
                // From here on the loggers may be gone: what is still to say goes to standard output.
                Context.System.EventStream.StopDefaultLoggers(Context.System);
                Context.Stop(Self);
                break;
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case Terminated:
                break;
            default:
                Context.System.DeadLetters.Tell(new DeadLetter(message, Sender, Self), Sender);
                break;
        }
        return true;
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // keeps its children
    }
}

/// <summary>The root's reference, which also finds the extra names.</summary>
public class RootGuardianActorRef : LocalActorRef
{
    private readonly IInternalActorRef _deadLetters;
    private readonly IReadOnlyDictionary<string, IInternalActorRef> _extraNames;

    public RootGuardianActorRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailboxType, IInternalActorRef supervisor, ActorPath path,
        IInternalActorRef deadLetters, IReadOnlyDictionary<string, IInternalActorRef> extraNames) : base(system, props, dispatcher, mailboxType, supervisor, path)
    {
        _deadLetters = deadLetters;
        _extraNames = extraNames;
    }

    public override IInternalActorRef Parent => this;

    public override IInternalActorRef GetSingleChild(string name)
    {
        if (name == "temp") return Provider.TempContainer;
        if (name == "deadLetters") return _deadLetters;
        lock (_extraNames)
            if (_extraNames.TryGetValue(name, out var extra)) return extra;
        return base.GetSingleChild(name);
    }
}

/// <summary>Stands above the root: takes its death as the end of the system, and its failure as a reason to end it.</summary>
internal sealed class RootGuardianSupervisor(IActorRefProvider provider, TaskCompletionSource terminated, EventStream eventStream) : MinimalActorRef
{
    public override ActorPath Path { get; } = provider.RootPath / "_Root-guardian-supervisor";
    public override IActorRefProvider Provider => provider;
    public override bool IsTerminated => terminated.Task.IsCompleted;

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                eventStream.Publish(new Error(failed.Cause, Path.ToString(), GetType(), $"Guardian {failed.Child} failed: the actor system stops. {failed.Cause.Message}"));
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification:
                terminated.TrySetResult();
                break;
        }
    }
}
