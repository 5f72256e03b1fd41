using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>What all pools have in common: routees are children, management messages enter the router, all else is routed.</summary>
public sealed class PoolSpec : RoutingSpec
{
    private IActorRef Start(int size, Props? routee = null, string? name = null) =>
        Sys.ActorOf(new RoundRobinPool(size).Props(routee ?? NameTeller()), name);

    [Fact]
    public async Task The_routees_are_children_of_the_router()
    {
        var router = Start(3, name: "router");
        var routees = await RouteeActorsAsync(router);
        Assert.Equal(3, routees.Distinct().Count());
        Assert.All(routees, routee => Assert.Equal(router.Path, routee.Path.Parent));
    }

    [Fact]
    public async Task A_routee_sees_the_original_sender()
    {
        var router = Start(2, FuncActor.Echo());
        router.Tell("hello", TestActor);
        await ExpectMsgAsync("hello");
        Assert.Contains(LastSender, await RouteeActorsAsync(router));
    }

    [Fact]
    public async Task A_broadcast_reaches_every_routee()
    {
        var router = Start(5);
        var names = (await RouteeActorsAsync(router)).Select(routee => routee.Path.Name).ToArray();
        router.Tell(new Broadcast("hello"), TestActor);
        await ExpectInAnyOrderAsync(names);
    }

    [Fact]
    public async Task A_router_envelope_is_taken_off()
    {
        var router = Start(1, FuncActor.Echo());
        router.Tell(new RouterEnvelope("inside"), TestActor);
        await ExpectMsgAsync("inside");
        router.Tell(new Broadcast("inside"), TestActor);
        await ExpectMsgAsync("inside");
    }

    [Fact]
    public async Task Identify_is_answered_by_the_router()
    {
        var router = Start(2);
        var identity = await router.Ask<ActorIdentity>(new Identify("id"), Patience);
        Assert.Equal(router, identity.Subject);
    }

    [Fact]
    public async Task PoisonPill_stops_the_router_and_its_routees()
    {
        var router = Start(2);
        var routees = await RouteeActorsAsync(router);
        await WatchNowAsync(router);
        foreach (var routee in routees)
            await WatchNowAsync(routee);

        router.Tell(PoisonPill.Instance, ActorRefs.NoSender);

        var ended = new HashSet<IActorRef>();
        for (var count = 0; count < 3; count++)
            ended.Add((await ExpectMsgAsync<Terminated>()).ActorRef);
        Assert.True(ended.SetEquals(routees.Append(router)));
    }

    [Fact]
    public async Task Kill_fails_the_router_which_its_supervisor_stops()
    {
        var router = Start(2);
        await WatchNowAsync(router);
        router.Tell(Kill.Instance, ActorRefs.NoSender);
        await ExpectTerminatedAsync(router, Patience);
    }

    [Fact]
    public async Task Broadcast_of_PoisonPill_drains_the_routees_and_then_the_router_stops()
    {
        var handled = 0;
        var router = Start(4, FuncActor.Of((_, _) => Interlocked.Increment(ref handled)));
        await WatchNowAsync(router);
        for (var number = 0; number < 1_000; number++)
            router.Tell(number, ActorRefs.NoSender);

        router.Tell(new Broadcast(PoisonPill.Instance), ActorRefs.NoSender);

        await ExpectTerminatedAsync(router, Patience);
        Assert.Equal(1_000, handled);
    }

    [Fact]
    public async Task A_router_stops_when_its_last_routee_went()
    {
        var router = Start(2);
        var routees = await RouteeActorsAsync(router);
        await WatchNowAsync(router);
        Sys.Stop(routees[0]);
        Sys.Stop(routees[1]);
        await ExpectTerminatedAsync(router, Patience);
    }

    [Fact]
    public async Task A_routee_that_stopped_is_routed_to_no_more()
    {
        var router = Start(3);
        var routees = await RouteeActorsAsync(router);
        Sys.Stop(routees[1]);
        await UntilAsync(async () => Assert.Equal(2, (await RouteesAsync(router)).Count));

        var answers = await AnswersAsync(router, Enumerable.Repeat<object>("who", 4));

        Assert.DoesNotContain(routees[1].Path.Name, answers);
    }

    [Fact]
    public async Task A_failing_routee_is_restarted_by_default_and_stays_the_same_routee()
    {
        var router = Start(2, Reporter(TestActor));
        var before = await RouteeActorsAsync(router);
        router.Tell(new Broadcast(new ContractException("on purpose")), ActorRefs.NoSender);
        router.Tell(new Broadcast("alive"), ActorRefs.NoSender);
        await ExpectInAnyOrderAsync(before.Select(routee => $"{routee.Path.Name} alive").ToArray());
        Assert.Equal(before, await RouteeActorsAsync(router));
    }

    [Fact]
    public void The_default_supervision_of_a_pool_is_the_default_strategy()
    {
        Assert.Equal(SupervisorStrategy.DefaultStrategy, Pool.DefaultSupervisorStrategy);
        Assert.Equal(SupervisorStrategy.DefaultStrategy, new RoundRobinPool(1).SupervisorStrategy);
    }

    [Fact]
    public async Task A_pool_takes_a_strategy_of_ones_own()
    {
        var pool = new RoundRobinPool(2).WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy);
        var router = Sys.ActorOf(pool.Props(Reporter(TestActor)));
        await WatchNowAsync(router);
        router.Tell(new Broadcast(new ContractException("on purpose")), ActorRefs.NoSender);
        await ExpectTerminatedAsync(router, Patience);
    }

    [Fact]
    public async Task A_router_keeps_its_routees_when_it_restarts()
    {
        var supervisor = Supervise(new OneForOneStrategy(_ => Directive.Restart));
        var router = await SpawnAsync(supervisor, new RoundRobinPool(3).Props(NameTeller()));
        var before = await RouteeActorsAsync(router);

        router.Tell(Kill.Instance, ActorRefs.NoSender);

        Assert.Equal(before, await RouteeActorsAsync(router));
        router.Tell(new Broadcast("alive"), TestActor);
        await ExpectInAnyOrderAsync(before.Select(routee => routee.Path.Name).ToArray());
    }

    private sealed class Counter : ReceiveActor
    {
        private int _count;

        public Counter()
        {
            Receive<Exception>(failure => throw failure);
            ReceiveAny(_ => Sender.Tell(++_count));
        }
    }

    private sealed class FailsToStart : UntypedActor
    {
        public FailsToStart(Gate gate)
        {
            gate.Pass();
            throw new ContractException("on purpose");
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }

    [Fact]
    public async Task A_router_that_restarts_after_an_escalation_restarts_its_routees()
    {
        var supervisor = Supervise(new OneForOneStrategy(_ => Directive.Restart));
        var pool = new RoundRobinPool(2).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Escalate));
        var router = await SpawnAsync(supervisor, pool.Props(Props.Create(() => new Counter())));
        var routees = await RouteeActorsAsync(router);
        router.Tell(new Broadcast("count"), TestActor);
        await ExpectMsgAsync(1);
        await ExpectMsgAsync(1);

        routees[0].Tell(new ContractException("on purpose"), ActorRefs.NoSender);

        // The failed routee answers again when the router has restarted, which told the others to restart in the same turn.
        routees[0].Tell("count", TestActor);
        await ExpectMsgAsync(1);
        Assert.Equal(routees, await RouteeActorsAsync(router));
        routees[1].Tell("count", TestActor);
        await ExpectMsgAsync(1);
    }

    [Fact]
    public async Task A_pool_whose_routees_cannot_start_stops()
    {
        var gate = new Gate();
        var router = Sys.ActorOf(new RoundRobinPool(3).Props(Props.Create(() => new FailsToStart(gate)).WithDispatcher(Pinned)));
        await WatchNowAsync(router);
        gate.Open();
        await ExpectTerminatedAsync(router, Patience);
    }

    [Fact]
    public async Task A_router_that_has_no_routee_makes_dead_letters()
    {
        var deadLetters = Listen<DeadLetter>();
        var router = Start(0);
        // The sender is a child: that much is promised for it.
        var sender = await SpawnAsync(Supervise(), FuncActor.Of((_, message) => router.Tell(message)));
        sender.Tell("nobody there", ActorRefs.NoSender);
        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => "nobody there".Equals(letter.Message));
    }

    [Fact]
    public async Task A_message_told_right_after_the_making_reaches_a_routee()
    {
        for (var round = 0; round < 50; round++)
        {
            Start(2, FuncActor.Echo()).Tell(round, TestActor);
            await ExpectMsgAsync(round);
        }
    }

    [Fact]
    public async Task Routing_runs_on_the_thread_of_the_sender()
    {
        var gate = new Gate();
        // The router itself is held in a turn of its own: its supervision decides about a failing routee.
        var held = Sys.ActorOf(new RoundRobinPool(2, null, new OneForOneStrategy(_ =>
        {
            TestActor.Tell("deciding");
            gate.Pass();
            return Directive.Resume;
        }), Pinned).Props(FuncActor.Report(TestActor)));
        held.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
        await ExpectMsgAsync("deciding");

        held.Tell("passes by", TestActor);

        await ExpectMsgAsync("passes by");
        gate.Open();
    }
}
