using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Pattern;

/// <summary>GracefulStop: true when the actor is gone, canceled when it stays.</summary>
public sealed class GracefulStopSpec : ContractSpec
{
    [Fact]
    public async Task Actor_stops_after_what_was_in_its_mailbox()
    {
        var actor = Sys.ActorOf(FuncActor.Report(TestActor));
        for (var i = 0; i < 10; i++) actor.Tell(i, ActorRefs.NoSender);

        Assert.True(await actor.GracefulStop(Patience));
        for (var i = 0; i < 10; i++) await ExpectMsgAsync(i);
    }

    [Fact]
    public async Task Stop_message_may_be_the_actors_own()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            if (message is "good bye") context.Stop(context.Self);
        }));

        Assert.True(await actor.GracefulStop(Patience, "good bye"));
    }

    [Fact]
    public async Task Actor_that_has_stopped_is_gone_at_once()
    {
        var actor = Sys.ActorOf(FuncActor.Echo());
        Assert.True(await actor.GracefulStop(Patience));
        Assert.True(await actor.GracefulStop(Patience));
    }

    [Fact]
    public async Task Actor_that_does_not_stop_in_time_cancels()
    {
        var actor = Sys.ActorOf(FuncActor.Echo());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => actor.GracefulStop(TimeSpan.FromMilliseconds(50), "stay"));
        Assert.True(await actor.GracefulStop(Patience));
    }
}
