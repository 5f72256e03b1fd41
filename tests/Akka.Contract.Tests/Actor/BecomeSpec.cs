using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>Become replaces the behaviour, BecomeStacked puts one on top, UnbecomeStacked takes it off.</summary>
public sealed class BecomeSpec : ContractSpec
{
    private sealed class Switching : ReceiveActor
    {
        public Switching() => First();

        private void First()
        {
            Receive<string>(text => text == "who", _ => Sender.Tell("first"));
            Receive<string>(text => text == "become", _ => Become(Second));
            Receive<string>(text => text == "push", _ => BecomeStacked(Second));
        }

        private void Second()
        {
            Receive<string>(text => text == "who", _ => Sender.Tell("second"));
            Receive<string>(text => text == "pop", _ => UnbecomeStacked());
            Receive<string>(text => text == "become", _ => Become(Third));
            Receive<string>(text => text == "push", _ => BecomeStacked(Third));
        }

        private void Third()
        {
            Receive<string>(text => text == "who", _ => Sender.Tell("third"));
            Receive<string>(text => text == "pop", _ => UnbecomeStacked());
        }
    }

    private sealed class Untyped : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is "become")
                Become(Other);
            else if (message is "push")
                BecomeStacked(Other);
            else
                Sender.Tell("first");
        }

        private void Other(object message)
        {
            if (message is "pop")
                UnbecomeStacked();
            else
                Sender.Tell("other");
        }
    }

    private async Task AssertAnswersAsync(IActorRef actor, params (string Command, string Expected)[] steps)
    {
        foreach (var (command, expected) in steps)
        {
            actor.Tell(command, TestActor);
            actor.Tell("who", TestActor);
            await ExpectMsgAsync(expected);
        }
    }

    [Fact]
    public async Task Become_replaces_the_behaviour() =>
        await AssertAnswersAsync(Sys.ActorOf(Props.Create(() => new Switching())), ("become", "second"), ("become", "third"));

    [Fact]
    public async Task UnbecomeStacked_returns_to_the_behaviour_below() =>
        await AssertAnswersAsync(
            Sys.ActorOf(Props.Create(() => new Switching())),
            ("push", "second"),
            ("push", "third"),
            ("pop", "second"),
            ("pop", "first"));

    [Fact]
    public async Task Become_on_top_of_a_stack_replaces_the_top_only() =>
        await AssertAnswersAsync(
            Sys.ActorOf(Props.Create(() => new Switching())),
            ("push", "second"),
            ("become", "third"),
            ("pop", "first"));

    [Fact]
    public async Task An_untyped_actor_becomes_as_well()
    {
        await AssertAnswersAsync(Sys.ActorOf(Props.Create(() => new Untyped())), ("push", "other"), ("pop", "first"), ("become", "other"));
    }
}
