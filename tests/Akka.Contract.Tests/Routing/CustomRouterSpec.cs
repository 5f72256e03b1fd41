using Akka.Actor;
using Akka.Configuration;
using Akka.Routing;
using Akka.Util;

namespace Akka.Contract.Tests.Routing;

/// <summary>Pools, routing logics and routees of one's own.</summary>
public sealed class CustomRouterSpec : RoutingSpec
{
    /// <summary>Sends even numbers to the first routee and the rest to the last one.</summary>
    private sealed class ByParity : RoutingLogic
    {
        public override Routee Select(object message, Routee[] routees)
        {
            if (routees.Length == 0)
                return Routee.NoRoutee;
            return message is int number && number % 2 == 0 ? routees[0] : routees[^1];
        }
    }

    public sealed class ParityPool : Pool
    {
        public ParityPool(int size)
            : base(size, null, DefaultSupervisorStrategy, null, false)
        {
        }

        public ParityPool(Config config)
            : this(config.GetInt("nr-of-instances"))
        {
        }

        public override Router CreateRouter(ActorSystem system) => new(new ByParity());

        public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

        public override ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException("Local only.");
    }

    private sealed class ParityGroup(IEnumerable<string> paths) : Group(paths, null)
    {
        public override Router CreateRouter(ActorSystem system) => new(new ByParity());

        public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

        public override ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException("Local only.");
    }

    /// <summary>Keeps for itself what it is sent.</summary>
    private sealed class Keeping : Routee
    {
        public List<object> Kept { get; } = [];

        public override void Send(object message, IActorRef sender) => Kept.Add(message);
    }

    /// <summary>Always answers with the same routee, whatever the pool has.</summary>
    private sealed class Always(Routee routee) : RoutingLogic
    {
        public override Routee Select(object message, Routee[] routees) => routee;
    }

    private sealed class AlwaysPool(Routee routee) : Pool(1, null, DefaultSupervisorStrategy, null, false)
    {
        public override Router CreateRouter(ActorSystem system) => new(new Always(routee));

        public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

        public override ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException("Local only.");
    }

    /// <summary>A router that counts what it routed.</summary>
    private sealed class CountingRouter : Router
    {
        private readonly int[] _count;

        public CountingRouter(RoutingLogic logic, int[] count, params Routee[] routees)
            : base(logic, routees) => _count = count;

        public override void Route(object message, IActorRef sender)
        {
            Interlocked.Increment(ref _count[0]);
            base.Route(message, sender);
        }

        public override Router WithRoutees(params Routee[] routees) => new CountingRouter(RoutingLogic, _count, routees);
    }

    private sealed class CountingPool(int[] count) : Pool(2, null, DefaultSupervisorStrategy, null, false)
    {
        public override Router CreateRouter(ActorSystem system) => new CountingRouter(new RoundRobinRoutingLogic(), count);

        public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

        public override ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException("Local only.");
    }

    /// <summary>Names one number of routees and makes another.</summary>
    private sealed class FourPool() : Pool(1, null, DefaultSupervisorStrategy, null, false)
    {
        public override Router CreateRouter(ActorSystem system) => new(new RoundRobinRoutingLogic());

        public override int GetNrOfInstances(ActorSystem system) => 4;

        public override ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException("Local only.");
    }

    public CustomRouterSpec()
        : base($$"""
            akka.actor.router.type-mapping.contract-parity-pool = "{{typeof(ParityPool).AssemblyQualifiedName}}"
            akka.actor.deployment {
              /parity {
                router = contract-parity-pool
                nr-of-instances = 2
              }
            }
            """)
    {
    }

    private async Task AssertByParityAsync(IActorRef router, string even, string odd)
    {
        Assert.Equal([even, odd, even, odd], await AnswersAsync(router, [2, 1, 4, 3]));
    }

    [Fact]
    public async Task A_pool_of_ones_own_routes_by_its_own_logic()
    {
        var router = Sys.ActorOf(new ParityPool(2).Props(NameTeller()));
        var names = (await RouteeActorsAsync(router)).Select(routee => routee.Path.Name).ToArray();
        await AssertByParityAsync(router, names[0], names[1]);
    }

    [Fact]
    public async Task A_pool_of_ones_own_can_be_named_by_the_deployment()
    {
        var router = Sys.ActorOf(NameTeller().WithRouter(FromConfig.Instance), "parity");
        var names = (await RouteeActorsAsync(router)).Select(routee => routee.Path.Name).ToArray();
        Assert.Equal(2, names.Length);
        await AssertByParityAsync(router, names[0], names[1]);
    }

    [Fact]
    public async Task A_group_of_ones_own_routes_by_its_own_logic() =>
        await AssertByParityAsync(Sys.ActorOf(new ParityGroup(GroupPaths(2)).Props()), "member-0", "member-1");

    [Fact]
    public async Task The_number_of_routees_comes_from_GetNrOfInstances() =>
        Assert.Equal(4, (await RouteesAsync(Sys.ActorOf(new FourPool().Props(NameTeller())))).Count);

    [Fact]
    public async Task A_routee_of_ones_own_is_sent_to_on_the_thread_of_the_sender()
    {
        var keeping = new Keeping();
        var router = Sys.ActorOf(new AlwaysPool(keeping).Props(NameTeller()));
        await RouteesAsync(router);

        router.Tell("kept", TestActor);
        Assert.Equal(["kept"], keeping.Kept);
        router.Tell(new RouterEnvelope("unwrapped"), TestActor);
        Assert.Equal(["kept", "unwrapped"], keeping.Kept);
    }

    [Fact]
    public async Task A_router_of_ones_own_sees_every_message_but_the_management_messages()
    {
        int[] count = [0];
        var router = Sys.ActorOf(new CountingPool(count).Props(NameTeller()));
        await RouteesAsync(router);
        for (var number = 0; number < 10; number++)
            router.Tell(number, TestActor);
        Assert.Equal(10, count[0]);
        for (var number = 0; number < 10; number++)
            await ExpectMsgAsync<string>();
    }

    [Fact]
    public void Several_routees_are_sent_to_in_turn()
    {
        var first = new Keeping();
        var second = new Keeping();
        new SeveralRoutees([first, second]).Send("both", TestActor);
        Assert.Equal(["both"], first.Kept);
        Assert.Equal(["both"], second.Kept);
    }

    [Fact]
    public void A_plain_router_can_be_used_without_an_actor()
    {
        var first = new Keeping();
        var second = new Keeping();
        var router = new Router(new RoundRobinRoutingLogic(), first).AddRoutee(second);
        for (var number = 0; number < 4; number++)
            router.Route(number, TestActor);
        Assert.Equal([0, 2], first.Kept);
        Assert.Equal([1, 3], second.Kept);

        router.RemoveRoutee(first).Route("rest", TestActor);

        Assert.Equal([1, 3, "rest"], second.Kept);
    }
}
