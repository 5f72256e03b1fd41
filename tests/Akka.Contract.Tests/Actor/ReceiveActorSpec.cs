using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>ReceiveActor: the first handler that fits gets the message.</summary>
public sealed class ReceiveActorSpec : ContractSpec
{
    private class Animal;

    private sealed class Dog : Animal;

    private sealed class Handlers : ReceiveActor
    {
        public Handlers()
        {
            Receive<int>(number => number > 100, number => Sender.Tell($"big {number}"));
            Receive<int>(number => Sender.Tell($"even {number}"), number => number % 2 == 0);
            Receive<int>(number =>
            {
                if (number != 1)
                    return false;
                Sender.Tell("one");
                return true;
            });
            Receive(typeof(bool), flag => Sender.Tell($"flag {flag}"));
            Receive<Animal>(animal => Sender.Tell($"animal {animal.GetType().Name}"));
            ReceiveAny(rest => Sender.Tell($"any {rest}"));
        }
    }

    private sealed class HandlerAfterAny : ReceiveActor
    {
        public HandlerAfterAny()
        {
            ReceiveAny(_ => { });
            Receive<int>(_ => { });
        }
    }

    private sealed class LateHandler : ReceiveActor
    {
        public LateHandler() => Receive<string>(_ => Receive<int>(_ => { }));
    }

    private async Task AssertAnswerAsync(IActorRef actor, object message, string expected)
    {
        actor.Tell(message, TestActor);
        await ExpectMsgAsync(expected);
    }

    [Fact]
    public async Task The_first_handler_that_fits_gets_the_message()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Handlers()));
        await AssertAnswerAsync(actor, 102, "big 102");
        await AssertAnswerAsync(actor, 4, "even 4");
        await AssertAnswerAsync(actor, 1, "one");
        await AssertAnswerAsync(actor, 3, "any 3");
        await AssertAnswerAsync(actor, true, "flag True");
        await AssertAnswerAsync(actor, "text", "any text");
    }

    [Fact]
    public async Task A_handler_gets_the_types_that_derive_from_its_own()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Handlers()));
        await AssertAnswerAsync(actor, new Dog(), "animal Dog");
    }

    [Theory]
    [InlineData(typeof(HandlerAfterAny), "")]
    [InlineData(typeof(LateHandler), "text")]
    public async Task A_handler_that_comes_too_late_throws_InvalidOperationException(Type type, string message)
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        }));
        var actor = await SpawnAsync(supervisor, Props.Create(type));
        actor.Tell(message, ActorRefs.NoSender);

        Exception? failure = await ExpectMsgAsync<Exception>();
        while (failure is not null and not InvalidOperationException)
            failure = failure.InnerException;
        Assert.NotNull(failure);
    }
}
