using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;

namespace Akka.Contract.Tests.Scheduler;

/// <summary>"Stash needs a deque mailbox; stashing the same message twice throws." And what becomes of stashed messages.</summary>
public sealed class StashSpec : ContractSpec
{
    /// <summary>Stashes numbers while it is closed, reports them otherwise; runs actions on its turn.</summary>
    private abstract class Stasher(IActorRef listener) : UntypedActor, IActorStash
    {
        private bool _open;

        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "open":
                    _open = true;
                    Stash.UnstashAll();
                    break;
                case "open, one":
                    _open = true;
                    Stash.Unstash();
                    break;
                case "count":
                    Sender.Tell((Stash.Count, Stash.IsEmpty, Stash.NonEmpty, Stash.IsFull));
                    break;
                case "clear":
                    listener.Tell(Stash.ClearStash().Select(envelope => (int)envelope.Message).ToArray());
                    break;
                case "twice":
                    Twice();
                    break;
                case Exception failure:
                    throw failure;
                case int number when _open:
                    listener.Tell(number);
                    break;
                case int:
                    StashIt();
                    break;
            }
        }

        protected override void PostRestart(Exception reason)
        {
            _open = true;
            base.PostRestart(reason);
        }

        private void Twice()
        {
            Stash.Stash();
            try
            {
                Stash.Stash();
            }
            catch (IllegalActorStateException refusal)
            {
                listener.Tell(refusal);
            }
            Stash.ClearStash();
        }

        private void StashIt()
        {
            try
            {
                Stash.Stash();
            }
            catch (StashOverflowException overflow)
            {
                listener.Tell(overflow);
            }
        }
    }

    private sealed class Unbounded(IActorRef listener) : Stasher(listener), IWithUnboundedStash;

    private sealed class Limited(IActorRef listener) : Stasher(listener), IWithStash;

    private IActorRef Make() => Sys.ActorOf(Props.Create(() => new Unbounded(TestActor)));

    private static IActorRef TellNumbers(IActorRef actor, int from, int count)
    {
        for (var i = from; i < from + count; i++) actor.Tell(i, ActorRefs.NoSender);
        return actor;
    }

    [Fact]
    public async Task UnstashAll_puts_messages_back_in_their_order_before_the_mailbox()
    {
        var actor = TellNumbers(Make(), 1, 5);
        actor.Tell("open", ActorRefs.NoSender);
        TellNumbers(actor, 6, 3);

        for (var i = 1; i <= 8; i++) await ExpectMsgAsync(i);
    }

    [Fact]
    public async Task Unstash_puts_the_oldest_message_back()
    {
        var actor = TellNumbers(Make(), 1, 3);
        actor.Tell("open, one", ActorRefs.NoSender);
        await ExpectMsgAsync(1);
        actor.Tell("count", TestActor);
        await ExpectMsgAsync((2, false, true, false));
    }

    [Fact]
    public async Task Stashing_the_same_message_twice_throws()
    {
        Make().Tell("twice", ActorRefs.NoSender);
        await ExpectMsgAsync<IllegalActorStateException>();
    }

    [Fact]
    public async Task ClearStash_returns_what_was_stashed_and_empties_it()
    {
        var actor = TellNumbers(Make(), 1, 3);
        actor.Tell("clear", ActorRefs.NoSender);
        var cleared = await ExpectMsgAsync<int[]>();
        Assert.Equal([1, 2, 3], cleared);
        actor.Tell("count", TestActor);
        await ExpectMsgAsync((0, true, false, false));
    }

    [Fact]
    public async Task Stash_at_its_capacity_refuses_the_next_message()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Limited(TestActor)).WithStashCapacity(2));
        TellNumbers(actor, 1, 3);
        await ExpectMsgAsync<StashOverflowException>();
        actor.Tell("count", TestActor);
        await ExpectMsgAsync((2, false, true, true));
    }

    [Fact]
    public async Task Restart_unstashes_all()
    {
        var actor = TellNumbers(Make(), 1, 3);
        actor.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
        TellNumbers(actor, 4, 1);

        for (var i = 1; i <= 4; i++) await ExpectMsgAsync(i);
    }

    [Fact]
    public async Task Stop_sends_stashed_messages_to_dead_letters()
    {
        var deadLetters = Listen<DeadLetter>();
        var actor = TellNumbers(Make(), 1, 2);
        await WatchNowAsync(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor);

        var lost = new[] { await deadLetters.ExpectMsgAsync<DeadLetter>(), await deadLetters.ExpectMsgAsync<DeadLetter>() };
        Assert.Equal([1, 2], lost.Select(letter => letter.Message));
    }
}
