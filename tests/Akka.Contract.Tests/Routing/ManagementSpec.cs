using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>GetRoutees, AddRoutee, RemoveRoutee, AdjustPoolSize.</summary>
public sealed class ManagementSpec : RoutingSpec
{
    private IActorRef Start(int size) => Sys.ActorOf(new RoundRobinPool(size).Props(NameTeller()));

    [Fact]
    public async Task AdjustPoolSize_adds_routees()
    {
        var router = Start(2);
        router.Tell(new AdjustPoolSize(3), ActorRefs.NoSender);
        Assert.Equal(5, (await RouteeActorsAsync(router)).Distinct().Count());
    }

    [Fact]
    public async Task AdjustPoolSize_takes_routees_away_and_stops_them()
    {
        var router = Start(5);
        var before = await RouteeActorsAsync(router);
        foreach (var routee in before)
            await WatchNowAsync(routee);

        router.Tell(new AdjustPoolSize(-2), ActorRefs.NoSender);

        var after = await RouteeActorsAsync(router);
        Assert.Equal(3, after.Count);
        var gone = before.Except(after).ToHashSet();
        for (var count = 0; count < 2; count++)
            Assert.Contains((await ExpectMsgAsync<Terminated>()).ActorRef, gone);
    }

    [Fact]
    public async Task A_removed_routee_handles_what_it_has_before_it_stops()
    {
        var handled = 0;
        var router = Sys.ActorOf(new RoundRobinPool(2).Props(FuncActor.Of((_, _) => Interlocked.Increment(ref handled))));
        var before = await RouteeActorsAsync(router);
        foreach (var routee in before)
            await WatchNowAsync(routee);
        for (var number = 0; number < 1_000; number++)
            router.Tell(number, ActorRefs.NoSender);

        router.Tell(new AdjustPoolSize(-1), ActorRefs.NoSender);

        await ExpectMsgAsync<Terminated>();
        await UntilAsync(() => Volatile.Read(ref handled) == 1_000);
    }

    [Fact]
    public async Task What_comes_to_a_removed_routee_after_its_end_is_a_dead_letter()
    {
        var router = Start(2);
        foreach (var routee in await RouteeActorsAsync(router))
            await WatchNowAsync(routee);
        router.Tell(new AdjustPoolSize(-1), ActorRefs.NoSender);
        var gone = (await ExpectMsgAsync<Terminated>()).ActorRef;
        var deadLetters = Listen<Akka.Event.DeadLetter>();

        gone.Tell("too late", TestActor);

        await deadLetters.ExpectMsgAsync<Akka.Event.DeadLetter>(letter => "too late".Equals(letter.Message));
    }

    [Fact]
    public async Task AdjustPoolSize_ignores_the_bounds_of_the_resizer()
    {
        var resizer = new DefaultResizer(2, 3, messagesPerResize: 1_000_000);
        var router = Sys.ActorOf(new RoundRobinPool(2, resizer).Props(NameTeller()));
        router.Tell(new AdjustPoolSize(8), ActorRefs.NoSender);
        Assert.Equal(10, (await RouteesAsync(router)).Count);
        router.Tell(new AdjustPoolSize(-9), ActorRefs.NoSender);
        Assert.Single(await RouteesAsync(router));
    }

    [Fact]
    public async Task AddRoutee_adds_an_actor_that_is_no_child()
    {
        var router = Start(1);
        var guest = Sys.ActorOf(NameTeller(), "guest");
        router.Tell(new AddRoutee(new ActorRefRoutee(guest)), ActorRefs.NoSender);
        Assert.Equal(2, (await RouteesAsync(router)).Count);
        Assert.Contains("guest", await AnswersAsync(router, ["who", "who"]));
    }

    [Fact]
    public async Task An_added_routee_that_stops_is_removed()
    {
        var router = Start(1);
        var guest = Sys.ActorOf(NameTeller(), "guest");
        router.Tell(new AddRoutee(Routee.FromActorRef(guest)), ActorRefs.NoSender);
        Assert.Equal(2, (await RouteesAsync(router)).Count);

        Sys.Stop(guest);

        await UntilAsync(async () => Assert.Single(await RouteesAsync(router)));
    }

    [Fact]
    public async Task AddRoutee_takes_a_selection_too()
    {
        var router = Start(1);
        Sys.ActorOf(NameTeller(), "guest");
        router.Tell(new AddRoutee(new ActorSelectionRoutee(Sys.ActorSelection("/user/guest"))), ActorRefs.NoSender);
        Assert.Equal(2, (await RouteesAsync(router)).Count);
        Assert.Contains("guest", await AnswersAsync(router, ["who", "who"]));
    }

    [Fact]
    public async Task RemoveRoutee_takes_a_child_away_and_stops_it()
    {
        var router = Start(2);
        var routees = await RouteeActorsAsync(router);
        await WatchNowAsync(routees[0]);

        router.Tell(new RemoveRoutee(new ActorRefRoutee(routees[0])), ActorRefs.NoSender);

        Assert.Equal([routees[1]], await RouteeActorsAsync(router));
        await ExpectTerminatedAsync(routees[0], Patience);
    }

    [Fact]
    public async Task RemoveRoutee_of_the_last_routee_stops_the_router()
    {
        var router = Start(1);
        var routees = await RouteesAsync(router);
        await WatchNowAsync(router);
        router.Tell(new RemoveRoutee(routees[0]), ActorRefs.NoSender);
        await ExpectTerminatedAsync(router, Patience);
    }

    [Fact]
    public async Task RemoveRoutee_leaves_a_guest_alive()
    {
        var router = Start(1);
        var guest = Sys.ActorOf(NameTeller(), "guest");
        var routee = new ActorRefRoutee(guest);
        router.Tell(new AddRoutee(routee), ActorRefs.NoSender);
        router.Tell(new RemoveRoutee(routee), ActorRefs.NoSender);
        Assert.Single(await RouteesAsync(router));
        Assert.Equal("guest", await guest.Ask<string>("who", Patience));
    }

    [Fact]
    public async Task A_group_takes_and_loses_routees_as_well()
    {
        var router = Sys.ActorOf(new RoundRobinGroup(GroupPaths(2)).Props());
        var guest = new ActorRefRoutee(Sys.ActorOf(NameTeller(), "guest"));
        router.Tell(new AddRoutee(guest), ActorRefs.NoSender);
        Assert.Equal(3, (await RouteesAsync(router)).Count);
        router.Tell(new RemoveRoutee(guest), ActorRefs.NoSender);
        Assert.Equal(2, (await RouteesAsync(router)).Count);
    }

    [Fact]
    public void Routees_of_the_same_actor_are_equal()
    {
        var actor = Sys.ActorOf(NameTeller());
        Assert.Equal(new ActorRefRoutee(actor), new ActorRefRoutee(actor));
        Assert.Equal(new ActorRefRoutee(actor).GetHashCode(), new ActorRefRoutee(actor).GetHashCode());
        Assert.NotEqual(new ActorRefRoutee(actor), new ActorRefRoutee(TestActor));
    }
}
