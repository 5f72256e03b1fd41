using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Makes actors and selections.</summary>
public interface IActorRefFactory
{
    IActorRef ActorOf(Props props, string? name = null);
    ActorSelection ActorSelection(ActorPath actorPath);
    ActorSelection ActorSelection(string actorPath);
}

/// <summary>Learns of the death of others.</summary>
public interface ICanWatch
{
    IActorRef Watch(IActorRef subject);
    IActorRef WatchWith(IActorRef subject, object message);
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor may do during its turn, and only then.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }
    Props Props { get; }
    IActorRef Sender { get; }
    ActorSystem System { get; }
    IActorRef Parent { get; }
    MessageDispatcher Dispatcher { get; }
    TimeSpan? ReceiveTimeout { get; }
    void Become(Receive receive);
    void BecomeStacked(Receive receive);
    void UnbecomeStacked();
    IActorRef Child(string name);
    IEnumerable<IActorRef> GetChildren();
    void SetReceiveTimeout(TimeSpan? timeout);
    void Stop(IActorRef child);
}

/// <summary>The same for behaviours that handle whatever comes.</summary>
public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);
    void BecomeStacked(UntypedReceive receive);
}

/// <summary>What stands behind a reference.</summary>
public interface ICell
{
    IActorRef Self { get; }
    ActorSystem System { get; }
    ActorSystemImpl SystemImpl { get; }
    IInternalActorRef Parent { get; }
    Props Props { get; }
    bool IsLocal { get; }
    bool IsTerminated { get; }
    bool HasMessages { get; }
    int NumberOfMessages { get; }
    void Start();
    void Suspend();
    void Resume(Exception? causedByFailure);
    void Restart(Exception cause);
    void Stop();
    IEnumerable<IInternalActorRef> GetChildren();
    IInternalActorRef GetSingleChild(string name);
    IInternalActorRef GetChildByName(string name);
    void SendMessage(IActorRef sender, object message);
    void SendSystemMessage(ISystemMessage message);
}
