using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;
using Akka.Routing;

namespace Akka.Contract.Tests.BadInput;

/// <summary>Routers that make no sense.</summary>
public sealed class RoutingBadInputSpec : ContractSpec
{
    private static async Task<int> SizeAsync(IActorRef router) =>
        (await router.Ask<Routees>(GetRoutees.Instance, Patience)).Members.Count();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task A_pool_of_no_size_has_no_routees(int size)
    {
        Assert.Equal(0, await SizeAsync(Sys.ActorOf(new RoundRobinPool(size).Props(FuncActor.Echo()))));
        Assert.Equal(0, await SizeAsync(Sys.ActorOf(new SmallestMailboxPool(size).Props(FuncActor.Echo()))));
    }

    [Fact]
    public async Task A_group_of_no_paths_has_no_routees() =>
        Assert.Equal(0, await SizeAsync(Sys.ActorOf(new RoundRobinGroup(Array.Empty<string>()).Props())));

    [Fact]
    public async Task A_pool_shrinks_to_nothing_at_most()
    {
        var router = Sys.ActorOf(new RoundRobinPool(2, new DefaultResizer(1, 2, messagesPerResize: 1_000_000)).Props(FuncActor.Echo()));
        router.Tell(new AdjustPoolSize(-100), ActorRefs.NoSender);
        Assert.Equal(0, await SizeAsync(router));
    }

    [Theory]
    [InlineData(-1, 10, 0.2, 0.3, 0.1, 10, "lower")]
    [InlineData(1, -1, 0.2, 0.3, 0.1, 10, "upper")]
    [InlineData(5, 4, 0.2, 0.3, 0.1, 10, "upper")]
    [InlineData(1, 10, -0.1, 0.3, 0.1, 10, "rampupRate")]
    [InlineData(1, 10, 0.2, 1.1, 0.1, 10, "backoffThreshold")]
    [InlineData(1, 10, 0.2, 0.3, -0.1, 10, "backoffRate")]
    [InlineData(1, 10, 0.2, 0.3, 0.1, 0, "messagesPerResize")]
    public void A_resizer_refuses_a_setting_out_of_range_by_name(int lower, int upper, double rampUp, double threshold, double rate, int messages, string culprit)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new DefaultResizer(lower, upper, 1, rampUp, threshold, rate, messages));
        Assert.Equal(culprit, refusal.ParamName);
    }

    [Fact]
    public void FromConfig_without_a_deployment_is_refused_by_path()
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Sys.ActorOf(FuncActor.Echo().WithRouter(FromConfig.Instance), "not-deployed"));
        Assert.Contains("not-deployed", refusal.Message);
    }

    [Fact]
    public void An_unknown_dispatcher_of_the_routees_is_refused_by_its_id()
    {
        var refusal = Assert.Throws<ConfigurationException>(
            () => Sys.ActorOf(new RoundRobinPool(1).Props(FuncActor.Echo().WithDispatcher("contract.no-such-dispatcher"))));
        Assert.Contains("contract.no-such-dispatcher", refusal.Message);
    }

    [Fact]
    public void An_unknown_dispatcher_of_the_router_is_refused_by_its_id()
    {
        var refusal = Assert.Throws<ConfigurationException>(
            () => Sys.ActorOf(new RoundRobinPool(1).WithDispatcher("contract.no-such-dispatcher").Props(FuncActor.Echo())));
        Assert.Contains("contract.no-such-dispatcher", refusal.Message);
    }

    [Fact]
    public void A_logic_without_a_mapping_is_refused() =>
        Assert.Throws<ArgumentNullException>(() => new ConsistentHashingRoutingLogic(Sys).WithHashMapping(null!));
}
