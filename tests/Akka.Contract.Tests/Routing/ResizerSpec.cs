using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>"DefaultResizer defaults: 1 to 10 routees, pressure threshold 1, ramp-up 0.2, back-off threshold 0.3, back-off rate 0.1, every 10 messages; it counts messages."</summary>
public sealed class ResizerSpec : RoutingSpec
{
    /// <summary>Says what the spec told it, when the spec told it, and counts how often it was asked.</summary>
    private sealed class Scripted(Func<long, bool> isTime, Func<int, int> change) : Resizer
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public override bool IsTimeForResize(long messageCounter) => isTime(messageCounter);

        public override int Resize(IEnumerable<Routee> currentRoutees)
        {
            Interlocked.Increment(ref _asked);
            return change(currentRoutees.Count());
        }
    }

    [Fact]
    public void The_defaults_of_the_configuration()
    {
        var defaults = Sys.Settings.Config.GetConfig("akka.actor.deployment.default");
        var resizer = DefaultResizer.FromConfig(ConfigurationFactory.ParseString("resizer.enabled = on").WithFallback(defaults));
        Assert.Equal(1, resizer.LowerBound);
        Assert.Equal(10, resizer.UpperBound);
        Assert.Equal(1, resizer.PressureThreshold);
        Assert.Equal(0.2, resizer.RampupRate);
        Assert.Equal(0.3, resizer.BackoffThreshold);
        Assert.Equal(0.1, resizer.BackoffRate);
        Assert.Equal(10, resizer.MessagesPerResize);
    }

    [Fact]
    public void The_defaults_of_the_constructor_are_the_same()
    {
        var resizer = new DefaultResizer(1, 10);
        Assert.Equal(1, resizer.PressureThreshold);
        Assert.Equal(0.2, resizer.RampupRate);
        Assert.Equal(0.3, resizer.BackoffThreshold);
        Assert.Equal(0.1, resizer.BackoffRate);
        Assert.Equal(10, resizer.MessagesPerResize);
    }

    [Fact]
    public void A_resizer_that_is_not_enabled_is_none() =>
        Assert.Null(Resizer.FromConfig(ConfigurationFactory.ParseString("resizer.enabled = off")));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(20, true)]
    public void It_is_time_at_every_nth_message(long counter, bool expected) =>
        Assert.Equal(expected, new DefaultResizer(1, 10).IsTimeForResize(counter));

    [Theory]
    [InlineData(9, 10, 0)]
    [InlineData(10, 10, 2)]
    [InlineData(6, 6, 2)]
    [InlineData(1, 1, 1)]
    public void Ramp_up_grows_by_a_fifth_rounded_up_when_all_are_busy(int pressure, int capacity, int expected) =>
        Assert.Equal(expected, new DefaultResizer(1, 100).Rampup(pressure, capacity));

    [Theory]
    [InlineData(3, 10, 0)]
    [InlineData(2, 10, -1)]
    [InlineData(0, 9, -1)]
    [InlineData(0, 11, -2)]
    [InlineData(0, 0, 0)]
    public void Back_off_shrinks_by_a_tenth_rounded_up_when_few_are_busy(int pressure, int capacity, int expected) =>
        Assert.Equal(expected, new DefaultResizer(1, 100).Backoff(pressure, capacity));

    [Fact]
    public void The_capacity_stays_within_its_bounds()
    {
        var idle = Enumerable.Range(0, 3).Select(_ => new Routee()).ToArray();
        Assert.Equal(2, new DefaultResizer(5, 10).Capacity(idle));
        Assert.Equal(-1, new DefaultResizer(1, 2, backoffRate: 0).Capacity(idle));
        Assert.Equal(0, new DefaultResizer(3, 3).Capacity(idle));
    }

    [Fact]
    public void Equal_settings_make_equal_resizers()
    {
        Assert.Equal(new DefaultResizer(1, 5), new DefaultResizer(1, 5));
        Assert.NotEqual(new DefaultResizer(1, 5), new DefaultResizer(1, 6));
    }

    [Fact]
    public async Task A_pool_starts_with_the_lower_bound()
    {
        var router = Sys.ActorOf(new RoundRobinPool(1, new DefaultResizer(3, 5)).Props(NameTeller()));
        Assert.Equal(3, (await RouteesAsync(router)).Count);
    }

    [Fact]
    public async Task A_busy_pool_grows_and_stops_at_the_upper_bound()
    {
        var gate = new Gate();
        var resizer = new DefaultResizer(2, 4, pressureThreshold: 0, rampupRate: 0.5, messagesPerResize: 1);
        var router = Sys.ActorOf(new RoundRobinPool(2, resizer).Props(FuncActor.Of((_, _) => gate.Pass()).WithDispatcher(Pinned)));
        Assert.Equal(2, (await RouteesAsync(router)).Count);

        // Every message asks for a resize; each holds its routee, so that all are busy soon.
        await UntilAsync(async () =>
        {
            router.Tell("hold", ActorRefs.NoSender);
            Assert.Equal(4, (await RouteesAsync(router)).Count);
        });
        for (var number = 0; number < 20; number++)
            router.Tell("hold", ActorRefs.NoSender);
        Assert.Equal(4, (await RouteesAsync(router)).Count);
        gate.Open();
    }

    [Fact]
    public async Task An_idle_pool_shrinks_with_the_messages_it_gets()
    {
        var resizer = new DefaultResizer(2, 10, messagesPerResize: 1);
        var router = Sys.ActorOf(new RoundRobinPool(2, resizer).Props(NameTeller()));
        router.Tell(new AdjustPoolSize(6), ActorRefs.NoSender);
        Assert.Equal(8, (await RouteesAsync(router)).Count);

        await UntilAsync(async () =>
        {
            router.Tell("who", ActorRefs.NoSender);
            Assert.Equal(2, (await RouteesAsync(router)).Count);
        });
    }

    [Fact]
    public async Task An_own_resizer_is_asked_before_the_first_message_and_decides_the_size()
    {
        var resizer = new Scripted(counter => counter == 0, _ => 4);
        var router = Sys.ActorOf(new RoundRobinPool(1, resizer).Props(NameTeller()));
        Assert.Equal(5, (await RouteesAsync(router)).Count);
        Assert.Equal(1, resizer.Asked);
    }

    [Fact]
    public async Task An_own_resizer_sees_the_number_of_each_message()
    {
        var seen = new List<long>();
        var resizer = new Scripted(
            counter =>
            {
                lock (seen)
                    seen.Add(counter);
                return false;
            },
            _ => 0);
        var router = Sys.ActorOf(new RoundRobinPool(1, resizer).Props(NameTeller()));
        await RouteesAsync(router);
        for (var number = 0; number < 3; number++)
        {
            router.Tell("who", TestActor);
            await ExpectMsgAsync<string>();
        }

        Assert.Equal([0, 1, 2, 3], seen);
        Assert.Equal(0, resizer.Asked);
    }

    [Fact]
    public async Task A_negative_answer_takes_routees_away()
    {
        var resizer = new Scripted(counter => counter == 1, size => -(size - 1));
        var router = Sys.ActorOf(new RoundRobinPool(5, resizer).Props(NameTeller()));
        Assert.Equal(5, (await RouteesAsync(router)).Count);
        router.Tell("who", ActorRefs.NoSender);
        await UntilAsync(async () => Assert.Single(await RouteesAsync(router)));
    }

    [Fact]
    public async Task A_pool_with_a_resizer_lives_on_without_routees()
    {
        var resizer = new Scripted(counter => counter == 1, size => -size);
        var router = Sys.ActorOf(new RoundRobinPool(2, resizer).Props(NameTeller()));
        var routees = await RouteeActorsAsync(router);
        foreach (var routee in routees)
            await WatchNowAsync(routee);
        router.Tell("who", ActorRefs.NoSender);
        await ExpectMsgAsync<Terminated>(terminated => routees.Contains(terminated.ActorRef));
        await ExpectMsgAsync<Terminated>(terminated => routees.Contains(terminated.ActorRef));
        Assert.Empty(await RouteesAsync(router));
        router.Tell(new AdjustPoolSize(1), ActorRefs.NoSender);
        Assert.Single(await RouteesAsync(router));
    }
}
