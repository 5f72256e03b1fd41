using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.TestKit;

/// <summary>A test actor of its own, that sends, receives, forwards and replies; it can stand wherever an actor reference is asked for.</summary>
public class TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
    : TestKitBase(assertions, system, testProbeName), INoImplicitSender, IInternalActorRef
{
    public IActorRef Ref => TestActor;

    /// <summary>The sender of the last message.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => TestActor.Path;
    bool IActorRefScope.IsLocal => Internal.IsLocal;
    IInternalActorRef IInternalActorRef.Parent => Internal.Parent;
    IActorRefProvider IInternalActorRef.Provider => Internal.Provider;
    bool IInternalActorRef.IsTerminated => Internal.IsTerminated;

    private IInternalActorRef Internal => (IInternalActorRef)TestActor;

    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);
    public void Forward(IActorRef actor) => actor.Tell(LastMessage, Sender);
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);
    public void Reply(object message) => Sender.Tell(message, TestActor);
    public override TestProbe CreateTestProbe(string? name = null) => throw new NotSupportedException("A test probe cannot make a test probe");
    public void SendSystemMessage(ISystemMessage message) => Internal.SendSystemMessage(message);
    public int CompareTo(object? obj) => TestActor.CompareTo(obj is TestProbe probe ? probe.TestActor : obj);
    public override bool Equals(object? obj) => TestActor.Equals(obj is TestProbe probe ? probe.TestActor : obj);
    public override int GetHashCode() => TestActor.GetHashCode();
    public override string ToString() => $"TestProbe({TestActor})";

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => TestActor.CompareTo(other);
    bool IEquatable<IActorRef>.Equals(IActorRef? other) => TestActor.Equals(other);
    void ICanTell.Tell(object message, IActorRef? sender) => TestActor.Tell(message, sender);
    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Internal.GetChild(name);
    void IInternalActorRef.Start() => Internal.Start();
    void IInternalActorRef.Stop() => Internal.Stop();
    void IInternalActorRef.Suspend() => Internal.Suspend();
    void IInternalActorRef.Resume(Exception? causedByFailure) => Internal.Resume(causedByFailure!);
    void IInternalActorRef.Restart(Exception cause) => Internal.Restart(cause);
}
