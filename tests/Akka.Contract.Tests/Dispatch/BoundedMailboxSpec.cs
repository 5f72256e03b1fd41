using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Contract.Tests.Dispatch;

/// <summary>"Bounded: capacity 1000, push time-out 10 s by default; the sender blocks up to that long, then the message goes to dead letters; 0 refuses at once."</summary>
public sealed class BoundedMailboxSpec : ContractSpec
{
    public BoundedMailboxSpec()
        : base("""
            contract {
              refusing-mailbox {
                mailbox-type = "Akka.Dispatch.BoundedMailbox"
                mailbox-capacity = 3
                mailbox-push-timeout-time = 0s
              }
              waiting-mailbox {
                mailbox-type = "Akka.Dispatch.BoundedMailbox"
                mailbox-capacity = 3
                mailbox-push-timeout-time = 20ms
              }
              patient-mailbox {
                mailbox-type = "Akka.Dispatch.BoundedMailbox"
                mailbox-capacity = 3
                mailbox-push-timeout-time = 20s
              }
              default-bounded-mailbox.mailbox-type = "Akka.Dispatch.BoundedMailbox"
              bounded-deque-mailbox {
                mailbox-type = "Akka.Dispatch.BoundedDequeBasedMailbox"
                mailbox-capacity = 3
                mailbox-push-timeout-time = 0s
              }
            }
            """)
    {
    }

    /// <summary>On "fill" tells itself the numbers 0 to 4: more than three places.</summary>
    private IActorRef FillsItself(string mailbox) => Sys.ActorOf(FuncActor.Of((context, message) =>
    {
        if (message is "fill")
        {
            for (var number = 0; number < 5; number++)
                context.Self.Tell(number);
        }
        else
        {
            TestActor.Tell(message);
        }
    }).WithMailbox(mailbox));

    [Theory]
    [InlineData("contract.refusing-mailbox")]
    [InlineData("contract.waiting-mailbox")]
    [InlineData("contract.bounded-deque-mailbox")]
    public async Task A_full_mailbox_refuses_to_dead_letters_and_keeps_what_it_has(string mailbox)
    {
        var deadLetters = Listen<DeadLetter>();
        var actor = FillsItself(mailbox);

        actor.Tell("fill", ActorRefs.NoSender);

        for (var number = 3; number < 5; number++)
        {
            var letter = await deadLetters.ExpectMsgAsync<DeadLetter>();
            Assert.Equal(number, letter.Message);
            Assert.Equal(actor, letter.Recipient);
            Assert.Equal(actor, letter.Sender);
        }

        for (var number = 0; number < 3; number++)
            await ExpectMsgAsync(number);
    }

    [Fact]
    public async Task A_sender_waits_for_a_place_up_to_the_push_time_out()
    {
        var gate = new Gate();
        var actor = Sys.ActorOf(FuncActor.Of((_, message) =>
        {
            if (message is "hold")
            {
                TestActor.Tell("holding");
                gate.Pass();
            }
            else
            {
                TestActor.Tell(message);
            }
        }).WithMailbox("contract.patient-mailbox").WithDispatcher(Pinned));
        actor.Tell("hold", ActorRefs.NoSender);
        await ExpectMsgAsync("holding");
        var sending = OnThreadsAsync(1, _ =>
        {
            for (var number = 0; number < 5; number++)
            {
                if (number == 3)
                    TestActor.Tell("full", ActorRefs.NoSender);
                actor.Tell(number, ActorRefs.NoSender);
            }
        });
        await ExpectMsgAsync("full");
        Assert.False(sending.IsCompleted);

        gate.Open();

        await sending;
        for (var number = 0; number < 5; number++)
            await ExpectMsgAsync(number);
    }

    [Fact]
    public async Task A_bounded_mailbox_of_a_stopped_actor_goes_to_dead_letters()
    {
        var deadLetters = Listen<DeadLetter>();
        var actor = Sys.ActorOf(FuncActor.Of((context, _) =>
        {
            context.Self.Tell("left over");
            context.Stop(context.Self);
        }).WithMailbox("contract.refusing-mailbox"));
        actor.Tell("go", ActorRefs.NoSender);
        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => "left over".Equals(letter.Message));
    }

    [Fact]
    public void The_defaults_are_1000_places_and_10_seconds()
    {
        var mailbox = Assert.IsType<BoundedMailbox>(Sys.Mailboxes.Lookup("contract.default-bounded-mailbox"));
        Assert.Equal(1_000, mailbox.Capacity);
        Assert.Equal(TimeSpan.FromSeconds(10), mailbox.PushTimeout);
    }
}
