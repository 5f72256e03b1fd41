using Akka.Actor;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class TestActorRefTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void UnderlyingActor_AfterTell_HasHandledIt()
    {
        var counter = ActorOfAsTestActorRef<Counter>();

        counter.Tell(3);
        counter.Tell(4);

        Assert.Equal(7, counter.UnderlyingActor.Sum);
        Assert.Equal(Environment.CurrentManagedThreadId, counter.UnderlyingActor.ThreadId);
    }

    [Fact]
    public void Receive_ActorThrows_CallerGetsIt()
    {
        var counter = ActorOfAsTestActorRef<Counter>(Props.Create<Counter>(), "throwing");

        Assert.Throws<NotSupportedException>(() => counter.Receive("bad"));

        counter.Receive(5, TestActor);
        Assert.Equal(5, counter.UnderlyingActor.Sum);
        ExpectMsgFrom(counter.Ref, 5);
    }

    [Fact]
    public void Supervisor_IsTheParent()
    {
        var parent = ActorOfAsTestActorRef<Counter>("parent");

        var child = ActorOfAsTestActorRef<Counter>(Props.Create<Counter>(), parent.Ref, "child");

        Assert.Equal(parent.Path / "child", child.Path);
        Assert.Equal(Sys.ActorOf(Props.Create<Counter>()).Path.Parent, parent.Path.Parent);
    }

    [Fact]
    public void Stop_Watched_Terminates()
    {
        var counter = ActorOfAsTestActorRef<Counter>();
        Watch(counter.Ref);

        Sys.Stop(counter.Ref);

        ExpectTerminated(counter.Ref);
        Assert.Throws<IllegalActorStateException>(() => counter.UnderlyingActor);
    }

    [Fact]
    public void Equality_IsThatOfTheReference()
    {
        var counter = ActorOfAsTestActorRef<Counter>();

        Assert.True(counter == counter.Ref);
        Assert.True(counter.Equals(counter.Ref));
        Assert.False(counter == TestActor);
        Assert.Equal(counter.Ref.GetHashCode(), counter.GetHashCode());
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter()
        {
            Receive<int>(i =>
            {
                Sum += i;
                ThreadId = Environment.CurrentManagedThreadId;
                Sender.Tell(Sum);
            });
            Receive<string>(_ => throw new NotSupportedException());
        }

        public int Sum { get; private set; }

        public int ThreadId { get; private set; }
    }
}
