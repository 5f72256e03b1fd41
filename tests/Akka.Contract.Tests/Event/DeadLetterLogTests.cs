using Akka.Actor;
using Akka.Event;
using Akka.TestKit;

namespace Akka.Contract.Tests.Events;

/// <summary>akka.log-dead-letters: as many as it says.</summary>
public sealed class DeadLetterLogTests() : Akka.TestKit.Xunit2.TestKit("""
    akka.loglevel = INFO
    akka.log-dead-letters = 2
    akka.log-dead-letters-suspend-duration = infinite
    """)
{
    [Fact]
    public void DeadLetters_UpToTheLimit_AreLoggedUnderTheirRecipientsPath()
    {
        var (logged, recipient) = DeadLetterLog.Watch(this);

        Sys.EventStream.Publish(new DeadLetter(new Harmless(), TestActor, recipient));
        Sys.EventStream.Publish(new DeadLetter(new Lost(), TestActor, recipient));
        Sys.EventStream.Publish(new Dropped(new Lost(), "no room", TestActor, recipient));
        Sys.EventStream.Publish(new DeadLetter(new Lost(), TestActor, recipient));

        Assert.Contains(nameof(Lost), DeadLetterLog.Expect(logged, recipient).Message.ToString());
        Assert.Contains("no room", DeadLetterLog.Expect(logged, recipient).Message.ToString());
        logged.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    private sealed class Lost;

    private sealed class Harmless : IDeadLetterSuppression;
}

/// <summary>akka.log-dead-letters-suspend-duration: after it, logging goes on.</summary>
public sealed class DeadLetterLogSuspensionTests() : Akka.TestKit.Xunit2.TestKit("""
    akka.loglevel = INFO
    akka.log-dead-letters = 1
    akka.log-dead-letters-suspend-duration = 50ms
    """)
{
    [Fact]
    public void DeadLetters_AfterTheSuspension_AreLoggedAgain()
    {
        var (logged, recipient) = DeadLetterLog.Watch(this);
        Sys.EventStream.Publish(new UnhandledMessage("first", TestActor, recipient));
        DeadLetterLog.Expect(logged, recipient);

        AwaitAssert(() =>
        {
            Sys.EventStream.Publish(new UnhandledMessage("again", TestActor, recipient));
            logged.ExpectMsg<Info>(TimeSpan.FromMilliseconds(50));
        }, TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(20));
    }
}

internal static class DeadLetterLog
{
    /// <summary>The running listener's log: a probe that gets only what is logged under the path of the recipient.</summary>
    internal static (TestProbe Logged, IActorRef Recipient) Watch(TestKitBase test)
    {
        // The system does not wait for its listener, which subscribes when it starts: it has when it answers.
        var running = test.CreateTestProbe();
        test.Sys.ActorSelection("/system/deadLetterListener").Tell(new Identify("listening"), running.Ref);
        Assert.NotNull(running.ExpectMsg<ActorIdentity>(TimeSpan.FromSeconds(10)).Subject);

        var logged = test.CreateTestProbe();
        var recipient = test.CreateTestProbe().Ref;
        logged.IgnoreMessages<Info>(info => info.LogSource != recipient.Path.ToString());
        test.Sys.EventStream.Subscribe(logged.Ref, typeof(Info));
        return (logged, recipient);
    }

    internal static Info Expect(TestProbe logged, IActorRef recipient)
    {
        var info = logged.ExpectMsg<Info>();
        Assert.Equal(recipient.GetType(), info.LogClass);
        return info;
    }
}
