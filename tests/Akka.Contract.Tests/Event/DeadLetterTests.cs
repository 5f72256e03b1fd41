using Akka.Actor;
using Akka.Event;

namespace Akka.Contract.Tests.Events;

/// <summary>What becomes of messages that nobody handles.</summary>
public sealed class DeadLetterTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Tell_StoppedActor_PublishesDeadLetter()
    {
        var stopped = Stopped();
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        stopped.Tell("late", TestActor);

        var letter = ExpectMsg<DeadLetter>(l => l.Message is "late");
        Assert.Equal(TestActor, letter.Sender);
        Assert.Equal(stopped.Path, letter.Recipient.Path);
    }

    [Fact]
    public void Tell_DeadLetters_PublishesDeadLetter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));

        Sys.DeadLetters.Tell("nobody", TestActor);

        var letter = ExpectMsg<DeadLetter>(l => l.Message is "nobody");
        Assert.Equal(Sys.DeadLetters, letter.Recipient);
    }

    [Fact]
    public void Tell_StoppedActorSuppressibleMessage_PublishesSuppressedDeadLetterOnly()
    {
        var stopped = Stopped();
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.EventStream.Subscribe(TestActor, typeof(SuppressedDeadLetter));

        stopped.Tell(new Harmless(), TestActor);
        stopped.Tell("late", TestActor);

        var suppressed = ExpectMsg<SuppressedDeadLetter>(l => l.Message is Harmless);
        Assert.Equal(TestActor, suppressed.Sender);
        ExpectMsg<DeadLetter>(l => l.Message is "late");
    }

    [Fact]
    public void AllDeadLetters_Subscribed_GetsEachKind()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));

        Sys.EventStream.Publish(new DeadLetter("a", TestActor, Sys.DeadLetters));
        Sys.EventStream.Publish(new SuppressedDeadLetter(new Harmless(), TestActor, Sys.DeadLetters));
        Sys.EventStream.Publish(new Dropped("b", "no room", TestActor));
        Sys.EventStream.Publish(new UnhandledMessage("c", TestActor, Sys.DeadLetters));

        ExpectMsg<DeadLetter>();
        ExpectMsg<SuppressedDeadLetter>();
        Assert.Equal("no room", ExpectMsg<Dropped>().Reason);
        ExpectMsg<UnhandledMessage>();
    }

    [Fact]
    public void Actor_LeavesMessageUnhandled_PublishesUnhandledMessage()
    {
        var picky = Sys.ActorOf(Props.Create(() => new Picky()));
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));

        picky.Tell("what is this", TestActor);

        var unhandled = ExpectMsg<UnhandledMessage>(u => u.Message is "what is this");
        Assert.Equal(TestActor, unhandled.Sender);
        Assert.Equal(picky, unhandled.Recipient);
    }

    [Fact]
    public void DeadLetter_WithoutSenderOrRecipient_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => new DeadLetter("m", null!, TestActor));
        Assert.Throws<ArgumentNullException>(() => new DeadLetter("m", TestActor, null!));
        Assert.Throws<ArgumentNullException>(() => new SuppressedDeadLetter(new Harmless(), null!, TestActor));
        Assert.Throws<ArgumentNullException>(() => new SuppressedDeadLetter(new Harmless(), TestActor, null!));
    }

    [Fact]
    public void Dropped_WithoutSender_HasNone() => Assert.Equal(ActorRefs.NoSender, new Dropped("m", "why", TestActor).Sender);

    private IActorRef Stopped()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Picky()));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Unwatch(actor);
        return actor;
    }

    private sealed class Harmless : IDeadLetterSuppression;

    private sealed class Picky : ReceiveActor
    {
        public Picky() => Receive<int>(_ => { });
    }
}
