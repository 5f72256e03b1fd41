using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.BadInput;

/// <summary>Calls that an actor's context or reference refuses.</summary>
public sealed class MessagesBadInputSpec : ContractSpec
{
    private sealed class Leaking : UntypedActor
    {
        public static IActorContext Borrow() => Context;

        protected override void OnReceive(object message) => Unhandled(message);
    }

    [Fact]
    public async Task The_context_is_refused_outside_of_an_actor() =>
        await OnThreadsAsync(1, _ => Assert.Throws<NotSupportedException>(() => Leaking.Borrow()));

    [Fact]
    public void A_null_message_to_dead_letters_is_refused() =>
        Assert.Throws<InvalidMessageException>(() => Sys.DeadLetters.Tell(null!, TestActor));

    [Fact]
    public async Task An_ask_that_is_cancelled_already_is_cancelled() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sys.ActorOf(FuncActor.Echo()).Ask<string>("never", new CancellationToken(true)).WaitAsync(Patience));
}
