using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.TestKit;

/// <summary>A reference that gives access to its actor, which runs on the calling thread unless its props name another dispatcher.</summary>
public abstract class TestActorRefBase<TActor> : IInternalActorRef where TActor : ActorBase
{
    private readonly LocalActorRef _ref;

    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    {
        supervisor ??= ((ExtendedActorSystem)system).Guardian;
        if ((supervisor as ActorRefWithCell)?.Underlying is not ActorCell parent)
            throw new ArgumentException($"{supervisor} cannot be the supervisor of a test actor: it is no local actor", nameof(supervisor));
        if (actorProps.Deploy.Dispatcher == Deploy.NoDispatcherGiven) actorProps = actorProps.WithDispatcher(CallingThreadDispatcher.Id);
        _ref = (LocalActorRef)parent.AttachChild(actorProps, isSystemService: false, name);
    }

    public IActorRef Ref => _ref;
    public ActorPath Path => _ref.Path;

    public TActor UnderlyingActor
    {
        get
        {
            // Absent while another thread makes it, when the props name another dispatcher.
            SpinWait.SpinUntil(() => _ref.Cell.Actor is not null || _ref.IsTerminated, TestKitExtension.For(_ref.Cell.System).DefaultTimeout);
            if (_ref.IsTerminated) throw new IllegalActorStateException($"The actor of {Path} is terminated");
            return (TActor)(_ref.Cell.Actor ?? throw new TimeoutException($"The actor of {Path} was not made in time"));
        }
    }

    bool IActorRefScope.IsLocal => _ref.IsLocal;
    IInternalActorRef IInternalActorRef.Parent => _ref.Parent;
    IActorRefProvider IInternalActorRef.Provider => _ref.Provider;
    bool IInternalActorRef.IsTerminated => _ref.IsTerminated;

    /// <summary>Calls the actor's behaviour on this thread; what it throws comes to the caller.</summary>
    public void Receive(object message, IActorRef? sender = null) =>
        _ref.Cell.UseThreadContext(() => _ref.Cell.ReceiveMessageForTest(new Envelope(message, sender ?? _ref.Cell.System.DeadLetters)));

    public void Tell(object message) => _ref.Tell(message);
    public void Tell(object message, IActorRef? sender) => _ref.Tell(message, sender);
    public void Forward(object message) => _ref.Forward(message);
    public void Watch(IActorRef subject) => _ref.Cell.Watch(subject);
    public void Unwatch(IActorRef subject) => _ref.Cell.Unwatch(subject);
    public void SendSystemMessage(ISystemMessage message) => _ref.SendSystemMessage(message);
    public int CompareTo(object? obj) => ((IComparable)_ref).CompareTo(obj);
    public bool Equals(IActorRef? other) => _ref.Equals(other);
    public override bool Equals(object? obj) => _ref.Equals(obj);
    public override int GetHashCode() => _ref.GetHashCode();
    public override string ToString() => $"TestActor[{Path}]";

    public static IActorRef ToActorRef(TestActorRefBase<TActor> actorRef) => actorRef._ref;
    public static bool operator ==(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) => testActorRef is null ? actorRef is null : testActorRef.Equals(actorRef);
    public static bool operator !=(TestActorRefBase<TActor>? testActorRef, IActorRef? actorRef) => !(testActorRef == actorRef);
    public static bool operator ==(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => testActorRef == actorRef;
    public static bool operator !=(IActorRef? actorRef, TestActorRefBase<TActor>? testActorRef) => !(testActorRef == actorRef);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => _ref.CompareTo(other);
    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => _ref.GetChild(name);
    void IInternalActorRef.Start() => _ref.Start();
    void IInternalActorRef.Stop() => _ref.Stop();
    void IInternalActorRef.Suspend() => _ref.Suspend();
    void IInternalActorRef.Resume(Exception? causedByFailure) => _ref.Resume(causedByFailure!);
    void IInternalActorRef.Restart(Exception cause) => _ref.Restart(cause);
}

/// <summary>The reference that <see cref="TestKitBase.ActorOfAsTestActorRef{TActor}(Props, string)"/> and its family make.</summary>
public class TestActorRef<TActor>(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    : TestActorRefBase<TActor>(system, actorProps, supervisor, name) where TActor : ActorBase;
