using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>FromConfig: the deployment section of HOCON says what router it is.</summary>
public sealed class DeploymentSpec : RoutingSpec
{
    public DeploymentSpec()
        : base("""
            akka.actor.deployment {
              /round-robin {
                router = round-robin-pool
                nr-of-instances = 3
              }
              /random {
                router = random-pool
                nr-of-instances = 3
              }
              /smallest {
                router = smallest-mailbox-pool
                nr-of-instances = 3
              }
              /broadcast {
                router = broadcast-pool
                nr-of-instances = 3
              }
              /hashing {
                router = consistent-hashing-pool
                nr-of-instances = 3
                virtual-nodes-factor = 17
              }
              /group {
                router = round-robin-group
                routees.paths = ["/user/member-0", "/user/member-1"]
              }
              /random-group {
                router = random-group
                routees.paths = ["/user/member-0", "/user/member-1"]
              }
              /broadcast-group {
                router = broadcast-group
                routees.paths = ["/user/member-0", "/user/member-1"]
              }
              /hashing-group {
                router = consistent-hashing-group
                routees.paths = ["/user/member-0", "/user/member-1"]
              }
              /resized {
                router = round-robin-pool
                resizer {
                  enabled = on
                  lower-bound = 4
                  upper-bound = 6
                }
              }
              "/parent/*" {
                router = round-robin-pool
                nr-of-instances = 2
              }
              /pool-dispatcher {
                router = round-robin-pool
                nr-of-instances = 2
                pool-dispatcher { type = PinnedDispatcher }
              }
            }
            """)
    {
    }

    [Theory]
    [InlineData("round-robin")]
    [InlineData("random")]
    [InlineData("smallest")]
    [InlineData("broadcast")]
    [InlineData("hashing")]
    public async Task A_pool_is_made_as_the_deployment_says(string name)
    {
        var router = Sys.ActorOf(NameTeller().WithRouter(FromConfig.Instance), name);
        Assert.Equal(3, (await RouteesAsync(router)).Count);
    }

    [Theory]
    [InlineData("group")]
    [InlineData("random-group")]
    [InlineData("broadcast-group")]
    [InlineData("hashing-group")]
    public async Task A_group_is_made_as_the_deployment_says(string name)
    {
        GroupPaths(2);
        var router = Sys.ActorOf(FromConfig.Instance.Props(), name);
        Assert.Equal(2, (await RouteesAsync(router)).Count);
        router.Tell(new Broadcast("who"), TestActor);
        await ExpectInAnyOrderAsync("member-0", "member-1");
    }

    [Fact]
    public async Task The_deployment_outranks_the_code()
    {
        var router = Sys.ActorOf(new BroadcastPool(7).Props(NameTeller()), "round-robin");
        Assert.Equal(3, (await RouteesAsync(router)).Count);
        router.Tell("who", TestActor);
        await ExpectMsgAsync<string>();
        router.Tell(new Broadcast("fence"), TestActor);
        for (var count = 0; count < 3; count++)
            await ExpectMsgAsync<string>();
        TestActor.Tell("no more");
        await ExpectMsgAsync("no more");
    }

    [Fact]
    public async Task A_resizer_of_the_deployment_sizes_the_pool()
    {
        var router = Sys.ActorOf(NameTeller().WithRouter(FromConfig.Instance), "resized");
        Assert.Equal(4, (await RouteesAsync(router)).Count);
    }

    [Fact]
    public async Task A_wildcard_deploys_every_child_of_that_parent()
    {
        var parent = Supervise(name: "parent");
        var first = await SpawnAsync(parent, NameTeller().WithRouter(FromConfig.Instance), "first");
        var second = await SpawnAsync(parent, NameTeller().WithRouter(FromConfig.Instance), "second");
        Assert.Equal(2, (await RouteesAsync(first)).Count);
        Assert.Equal(2, (await RouteesAsync(second)).Count);
    }

    [Fact]
    public async Task A_pool_dispatcher_of_the_deployment_runs_the_routees()
    {
        var router = Sys.ActorOf(FuncActor.Of((context, _) => context.Sender.Tell(Environment.CurrentManagedThreadId)).WithRouter(FromConfig.Instance), "pool-dispatcher");
        var threads = new HashSet<int>();
        for (var round = 0; round < 10; round++)
        {
            router.Tell("thread", TestActor);
            threads.Add(await ExpectMsgAsync<int>());
        }

        Assert.Equal(2, threads.Count);
    }

    [Fact]
    public async Task The_strategy_of_the_code_is_kept()
    {
        var router = Sys.ActorOf(
            Reporter(TestActor).WithRouter(FromConfig.Instance.WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy)),
            "round-robin");
        await WatchNowAsync(router);
        router.Tell(new Broadcast(new ContractException("on purpose")), ActorRefs.NoSender);
        await ExpectTerminatedAsync(router, Patience);
    }
}
