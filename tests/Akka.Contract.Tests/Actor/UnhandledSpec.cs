using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;

namespace Akka.Contract.Tests.Actor;

/// <summary>"Unhandled messages are published as UnhandledMessage on the event stream; messages to nobody as DeadLetter."</summary>
public sealed class UnhandledSpec : ContractSpec
{
    private sealed class ReceivesNumbers : ReceiveActor
    {
        public ReceivesNumbers() => Receive<int>(number => Sender.Tell(number));
    }

    private sealed class Picky : ActorBase
    {
        protected override bool Receive(object message) => message is int;
    }

    private sealed class OwnUnhandled : ReceiveActor
    {
        public OwnUnhandled() => Receive<int>(number => Sender.Tell(number));

        protected override void Unhandled(object message) => Sender.Tell($"not mine: {message}");
    }

    [Theory]
    [InlineData("untyped")]
    [InlineData("receive")]
    [InlineData("base")]
    public async Task An_unhandled_message_is_published_with_its_sender_and_recipient(string kind)
    {
        var unhandled = Listen<UnhandledMessage>();
        var actor = Sys.ActorOf(kind switch
        {
            "untyped" => FuncActor.Partial((_, message) => message is int),
            "receive" => Props.Create(() => new ReceivesNumbers()),
            _ => Props.Create(() => new Picky()),
        });

        actor.Tell("text", TestActor);

        var published = await unhandled.ExpectMsgAsync<UnhandledMessage>();
        Assert.Equal("text", published.Message);
        Assert.Equal(TestActor, published.Sender);
        Assert.Equal(actor, published.Recipient);
    }

    [Fact]
    public async Task An_actor_can_override_what_happens_to_unhandled_messages()
    {
        var actor = Sys.ActorOf(Props.Create(() => new OwnUnhandled()));
        actor.Tell("text", TestActor);
        await ExpectMsgAsync("not mine: text");
    }

    [Fact]
    public async Task A_message_to_nobody_is_published_as_a_dead_letter()
    {
        var deadLetters = Listen<DeadLetter>();

        Sys.ActorSelection("/user/nobody-of-that-name").Tell("hello", TestActor);

        var letter = await deadLetters.ExpectMsgAsync<DeadLetter>();
        Assert.Equal("hello", letter.Message);
        Assert.Equal(TestActor, letter.Sender);
    }

    [Fact]
    public async Task A_message_to_the_dead_letter_actor_is_published_as_a_dead_letter()
    {
        var deadLetters = Listen<DeadLetter>();

        Sys.DeadLetters.Tell("hello", TestActor);

        var letter = await deadLetters.ExpectMsgAsync<DeadLetter>();
        Assert.Equal("hello", letter.Message);
        Assert.Equal(TestActor, letter.Sender);
        Assert.Equal(Sys.DeadLetters, letter.Recipient);
    }
}
