using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>Who the sender of a message is, and what an actor has done before its first message.</summary>
public sealed class SenderSpec : ContractSpec
{
    [Fact]
    public async Task An_actor_that_tells_is_the_sender()
    {
        var teller = Sys.ActorOf(FuncActor.Of((_, message) => TestActor.Tell(message)));
        teller.Tell("hello", ActorRefs.NoSender);
        await ExpectMsgFromAsync(teller, "hello");
    }

    [Fact]
    public async Task Forward_keeps_the_sender()
    {
        var probe = CreateTestProbe();
        var forwarding = Sys.ActorOf(FuncActor.Of((_, message) => TestActor.Forward(message)));
        forwarding.Tell("hello", probe.Ref);
        await ExpectMsgFromAsync(probe.Ref, "hello");
    }

    [Fact]
    public async Task A_reply_comes_from_the_actor_that_replies()
    {
        var echo = Sys.ActorOf(FuncActor.Echo());
        echo.Tell("hello", TestActor);
        await ExpectMsgFromAsync(echo, "hello");
    }

    [Fact]
    public async Task A_message_without_a_sender_comes_from_dead_letters()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) => TestActor.Tell(context.Sender)));
        actor.Tell("anonymous", ActorRefs.NoSender);
        await ExpectMsgAsync(Sys.DeadLetters);
    }

    [Fact]
    public async Task PreStart_runs_before_the_first_message()
    {
        var actor = Sys.ActorOf(LifecycleActor.Of(TestActor), "a");
        actor.Tell("first", ActorRefs.NoSender);
        await ExpectMsgAsync("a constructor");
        await ExpectMsgAsync("a preStart");
        await ExpectMsgAsync("a first");
    }
}
