using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>How round robin, random, broadcast and smallest mailbox choose.</summary>
public sealed class BalancingSpec : RoutingSpec
{
    private static List<object> Messages(int count) => Enumerable.Repeat<object>("who", count).ToList();

    [Fact]
    public async Task A_round_robin_pool_goes_round()
    {
        var router = Sys.ActorOf(new RoundRobinPool(3).Props(NameTeller()));
        var order = (await RouteeActorsAsync(router)).Select(routee => routee.Path.Name).ToArray();
        Assert.Equal([.. order, .. order, .. order], await AnswersAsync(router, Messages(9)));
    }

    [Fact]
    public async Task A_round_robin_group_goes_round()
    {
        var router = Sys.ActorOf(new RoundRobinGroup(GroupPaths(3)).Props());
        Assert.Equal(["member-0", "member-1", "member-2", "member-0"], await AnswersAsync(router, Messages(4)));
    }

    [Fact]
    public async Task A_random_pool_uses_all_of_its_routees()
    {
        var router = Sys.ActorOf(new RandomPool(3).Props(NameTeller()));
        // The chance that one of three is never drawn in 200 draws is below 1e-34.
        Assert.Equal(3, (await AnswersAsync(router, Messages(200))).Distinct().Count());
    }

    [Fact]
    public async Task A_random_group_uses_all_of_its_routees()
    {
        var router = Sys.ActorOf(new RandomGroup(GroupPaths(3)).Props());
        Assert.Equal(3, (await AnswersAsync(router, Messages(200))).Distinct().Count());
    }

    [Fact]
    public async Task A_broadcast_pool_tells_every_routee()
    {
        var router = Sys.ActorOf(new BroadcastPool(3).Props(NameTeller()));
        var names = (await RouteeActorsAsync(router)).Select(routee => routee.Path.Name).ToArray();
        router.Tell("who", TestActor);
        await ExpectInAnyOrderAsync(names);
    }

    [Fact]
    public async Task A_broadcast_group_tells_every_routee()
    {
        var router = Sys.ActorOf(new BroadcastGroup(GroupPaths(3)).Props());
        router.Tell("who", TestActor);
        await ExpectInAnyOrderAsync("member-0", "member-1", "member-2");
    }

    [Fact]
    public async Task A_smallest_mailbox_pool_prefers_a_routee_without_messages()
    {
        var gate = new Gate();
        var router = Sys.ActorOf(new SmallestMailboxPool(2).Props(FuncActor.Of((context, message) =>
        {
            if (message is "hold")
            {
                TestActor.Tell(context.Self);
                gate.Pass();
            }
            else
            {
                TestActor.Tell(context.Self.Path.Name);
            }
        }).WithDispatcher(Pinned)));
        var routees = await RouteeActorsAsync(router);
        routees[0].Tell("hold", ActorRefs.NoSender);
        await ExpectMsgAsync(routees[0]);
        routees[0].Tell("waits", ActorRefs.NoSender);

        for (var number = 0; number < 10; number++)
        {
            router.Tell("who", ActorRefs.NoSender);
            await ExpectMsgAsync(routees[1].Path.Name);
            await FenceAsync(routees[1]);
        }

        gate.Open();
        await ExpectMsgAsync(routees[0].Path.Name);
    }

    [Fact]
    public async Task A_smallest_mailbox_pool_prefers_the_shorter_of_two_queues()
    {
        var gate = new Gate();
        var router = Sys.ActorOf(new SmallestMailboxPool(2).Props(FuncActor.Of((context, message) =>
        {
            if (message is "hold")
            {
                TestActor.Tell(context.Self);
                gate.Pass();
            }
            else if (message is "routed")
            {
                TestActor.Tell(context.Self.Path.Name);
            }
        }).WithDispatcher(Pinned)));
        var routees = await RouteeActorsAsync(router);
        foreach (var (routee, length) in routees.Zip([10, 5]))
        {
            routee.Tell("hold", ActorRefs.NoSender);
            await ExpectMsgAsync(routee);
            for (var number = 0; number < length; number++)
                routee.Tell("waits", ActorRefs.NoSender);
        }

        for (var number = 0; number < 3; number++)
            router.Tell("routed", ActorRefs.NoSender);
        gate.Open();

        for (var number = 0; number < 3; number++)
            await ExpectMsgAsync(routees[1].Path.Name);
    }

    [Fact]
    public void Round_robin_logic_starts_after_its_seed_and_survives_the_overflow()
    {
        var routees = Enumerable.Range(0, 3).Select(_ => new Routee()).ToArray();
        var logic = new RoundRobinRoutingLogic(int.MaxValue - 1);
        for (var number = 0; number < 10; number++)
            Assert.Contains(logic.Select("any", routees), routees);
        var fresh = new RoundRobinRoutingLogic();
        Assert.Same(routees[0], fresh.Select("any", routees));
        Assert.Same(routees[1], fresh.Select("any", routees));
    }

    [Fact]
    public void A_logic_without_routees_selects_no_routee()
    {
        Routee[] none = [];
        Assert.Same(Routee.NoRoutee, new RoundRobinRoutingLogic().Select("any", none));
        Assert.Same(Routee.NoRoutee, new RandomLogic().Select("any", none));
        Assert.Same(Routee.NoRoutee, new SmallestMailboxRoutingLogic().Select("any", none));
    }
}
