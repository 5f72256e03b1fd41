using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;

namespace Akka.Contract.Tests.Actor;

/// <summary>"Stop finishes the message in hand; what remains in the mailbox goes to dead letters." And the order of the steps.</summary>
public sealed class StopSpec : ContractSpec
{
    [Fact]
    public async Task Stop_finishes_the_message_in_hand()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, _) =>
        {
            context.Stop(context.Self);
            TestActor.Tell("finished");
        }));
        await WatchNowAsync(actor);

        actor.Tell("go", ActorRefs.NoSender);

        await ExpectMsgAsync("finished");
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task Stop_from_another_thread_waits_for_the_message_in_hand()
    {
        var gate = new Gate();
        var actor = Sys.ActorOf(FuncActor.Of((_, _) =>
        {
            TestActor.Tell("in hand");
            gate.Pass();
            TestActor.Tell("finished");
        }).WithDispatcher(Pinned));
        await WatchNowAsync(actor);
        actor.Tell("go", ActorRefs.NoSender);
        await ExpectMsgAsync("in hand");

        Sys.Stop(actor);
        gate.Open();

        await ExpectMsgAsync("finished");
        await ExpectTerminatedAsync(actor, Patience);
    }

    [Fact]
    public async Task What_remains_in_the_mailbox_goes_to_dead_letters_in_order()
    {
        var deadLetters = Listen<DeadLetter>();
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            Assert.Equal("go", message);
            for (var number = 0; number < 10; number++)
                context.Self.Tell(number);
            context.Stop(context.Self);
        }));

        actor.Tell("go", ActorRefs.NoSender);

        for (var number = 0; number < 10; number++)
        {
            var letter = await deadLetters.ExpectMsgAsync<DeadLetter>();
            Assert.Equal(number, letter.Message);
            Assert.Equal(actor, letter.Recipient);
            Assert.Equal(actor, letter.Sender);
        }
    }

    [Fact]
    public async Task What_is_told_to_a_stopped_actor_goes_to_dead_letters()
    {
        var deadLetters = Listen<DeadLetter>();
        var actor = Sys.ActorOf(FuncActor.Echo());
        await WatchNowAsync(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor, Patience);

        actor.Tell("too late", TestActor);

        var letter = await deadLetters.ExpectMsgAsync<DeadLetter>();
        Assert.Equal("too late", letter.Message);
        Assert.Equal(TestActor, letter.Sender);
        Assert.Equal(actor, letter.Recipient);
    }

    [Fact]
    public async Task Children_stop_before_PostStop_and_watchers_are_told_after_it()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Family(TestActor, 2)), "parent");
        await WatchNowAsync(parent);
        for (var generation = 0; generation < 3; generation++)
            await ExpectMsgAsync("started");

        Sys.Stop(parent);

        await ExpectMsgAsync("stopped 0");
        await ExpectMsgAsync("stopped 1");
        await ExpectMsgAsync("stopped 2");
        await ExpectTerminatedAsync(parent, Patience);
    }

    [Fact]
    public async Task The_parent_is_told_before_the_watchers_so_that_it_can_use_the_name_again()
    {
        var parent = Supervise();
        for (var round = 0; round < 50; round++)
        {
            var child = await SpawnAsync(parent, FuncActor.Echo(), "name");
            await WatchNowAsync(child);
            Sys.Stop(child);
            await ExpectTerminatedAsync(child, Patience);
        }
    }

    [Fact]
    public async Task PoisonPill_waits_its_turn_in_the_mailbox()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            if (message is "go")
            {
                context.Self.Tell("before");
                context.Self.Tell(PoisonPill.Instance);
                context.Self.Tell("after");
            }
            else
            {
                TestActor.Tell(message);
            }
        }));
        var deadLetters = Listen<DeadLetter>();
        await WatchNowAsync(actor);

        actor.Tell("go", ActorRefs.NoSender);

        await ExpectMsgAsync("before");
        await ExpectTerminatedAsync(actor, Patience);
        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => "after".Equals(letter.Message));
    }

    [Fact]
    public async Task Kill_throws_ActorKilledException_in_the_actor()
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Restart;
        }));
        var child = await SpawnAsync(supervisor, FuncActor.Echo());

        child.Tell(Kill.Instance, ActorRefs.NoSender);
        child.Tell("alive", TestActor);

        await ExpectMsgAsync<ActorKilledException>();
        await ExpectMsgAsync("alive");
    }

    [Fact]
    public async Task Context_Stop_stops_a_child_and_leaves_its_siblings_alone()
    {
        var parent = Supervise();
        var child = await SpawnAsync(parent, FuncActor.Echo());
        var sibling = await SpawnAsync(parent, FuncActor.Echo());
        await WatchNowAsync(child);

        parent.Tell(new StopChild(child), ActorRefs.NoSender);

        await ExpectTerminatedAsync(child, Patience);
        sibling.Tell("alive", TestActor);
        await ExpectMsgAsync("alive");
    }

    [Fact]
    public async Task Stopping_a_stopped_actor_again_does_nothing()
    {
        var actor = Sys.ActorOf(LifecycleActor.Of(TestActor), "a");
        await WatchNowAsync(actor);
        Sys.Stop(actor);
        Sys.Stop(actor);
        actor.Tell(PoisonPill.Instance, ActorRefs.NoSender);

        await ExpectMsgAsync("a constructor");
        await ExpectMsgAsync("a preStart");
        await ExpectMsgAsync("a postStop");
        await ExpectTerminatedAsync(actor, Patience);
        TestActor.Tell("fence");
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task A_deep_line_of_actors_stops_from_its_end_to_its_start()
    {
        const int depth = 300;
        var top = Sys.ActorOf(Props.Create(() => new Family(TestActor, depth)));
        await WatchNowAsync(top);
        for (var generation = 0; generation <= depth; generation++)
            await ExpectMsgAsync("started");
        Sys.Stop(top);
        for (var generation = 0; generation <= depth; generation++)
            await ExpectMsgAsync($"stopped {generation}");
        await ExpectTerminatedAsync(top, Patience);
    }

    [Fact]
    public async Task A_parent_of_many_children_stops()
    {
        var parent = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            for (var count = 0; count < (int)message; count++)
                context.ActorOf(FuncActor.Echo());
            context.Sender.Tell("made");
        }));
        parent.Tell(10_000, TestActor);
        await ExpectMsgAsync("made");
        await WatchNowAsync(parent);
        Sys.Stop(parent);
        await ExpectTerminatedAsync(parent, Patience);
    }

    [Fact]
    public async Task A_stopping_actor_makes_no_children()
    {
        var actor = Sys.ActorOf(Props.Create(() => new MakesAChildTooLate(TestActor)));
        await WatchNowAsync(actor);

        Sys.Stop(actor);

        await ExpectMsgAsync<InvalidOperationException>();
        await ExpectTerminatedAsync(actor, Patience);
    }

    private sealed class MakesAChildTooLate : UntypedActor
    {
        private readonly IActorRef _listener;

        public MakesAChildTooLate(IActorRef listener) => _listener = listener;

        protected override void PostStop()
        {
            try
            {
                Context.ActorOf(FuncActor.Echo());
            }
            catch (Exception refusal)
            {
                _listener.Tell(refusal);
            }
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Family : UntypedActor
    {
        private readonly IActorRef _listener;
        private readonly int _generations;

        public Family(IActorRef listener, int generations)
        {
            _listener = listener;
            _generations = generations;
        }

        protected override void PreStart()
        {
            _listener.Tell("started");
            if (_generations > 0)
                Context.ActorOf(Props.Create(() => new Family(_listener, _generations - 1)));
        }

        protected override void PostStop() => _listener.Tell($"stopped {_generations}");

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
