using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>Routers under several real threads.</summary>
public sealed class RouterConcurrencySpec : RoutingSpec
{
    private const int Threads = 4;
    private const int PerThread = 25_000;

    public static TheoryData<string> Pools => ["round-robin", "random", "smallest-mailbox", "consistent-hashing"];

    private static Pool Make(string kind) => kind switch
    {
        "round-robin" => new RoundRobinPool(4),
        "random" => new RandomPool(4),
        "smallest-mailbox" => new SmallestMailboxPool(4),
        _ => new ConsistentHashingPool(4).WithHashMapping(message => message.ToString()),
    };

    [Theory]
    [MemberData(nameof(Pools))]
    public async Task A_hundred_thousand_messages_of_four_threads_are_all_handled(string kind)
    {
        var handled = 0;
        var sum = 0L;
        var router = Sys.ActorOf(Make(kind).Props(FuncActor.Of((_, message) =>
        {
            Interlocked.Add(ref sum, (int)message);
            Interlocked.Increment(ref handled);
        })));
        await OnThreadsAsync(Threads, _ =>
        {
            for (var number = 0; number < PerThread; number++)
                router.Tell(number, ActorRefs.NoSender);
        });
        await UntilAsync(() => Volatile.Read(ref handled) == Threads * PerThread);
        Assert.Equal((long)Threads * PerThread * (PerThread - 1) / 2, Volatile.Read(ref sum));
    }

    [Fact]
    public async Task The_order_of_one_sender_holds_at_each_routee_of_a_hashing_pool()
    {
        var disorder = 0;
        var handled = 0;
        var last = new int[Threads];
        var router = Sys.ActorOf(new ConsistentHashingPool(3).Props(FuncActor.Of((_, message) =>
        {
            var (thread, number) = ((int Thread, int Number))message;
            if (last[thread]++ != number)
                Interlocked.Increment(ref disorder);
            Interlocked.Increment(ref handled);
        })));
        await OnThreadsAsync(Threads, thread =>
        {
            for (var number = 0; number < 5_000; number++)
                router.Tell(new ConsistentHashableEnvelope((thread, number), $"thread-{thread}"), ActorRefs.NoSender);
        });
        await UntilAsync(() => Volatile.Read(ref handled) == Threads * 5_000);
        Assert.Equal(0, disorder);
    }

    [Fact]
    public async Task Tells_against_resizes_are_handled_or_become_dead_letters()
    {
        var handled = 0;
        var dead = 0;
        var counter = Sys.ActorOf(FuncActor.Of((_, message) =>
        {
            if (message is DeadLetter { Message: int })
                Interlocked.Increment(ref dead);
        }));
        Sys.EventStream.Subscribe(counter, typeof(DeadLetter));
        var router = Sys.ActorOf(new RoundRobinPool(8).Props(FuncActor.Of((_, _) => Interlocked.Increment(ref handled))));
        await RouteesAsync(router);

        await OnThreadsAsync(Threads, thread =>
        {
            for (var number = 0; number < 5_000; number++)
            {
                router.Tell(number, ActorRefs.NoSender);
                if (thread == 0 && number % 100 == 0)
                    router.Tell(new AdjustPoolSize(number % 200 == 0 ? 3 : -3), ActorRefs.NoSender);
            }
        });

        await UntilAsync(() => Volatile.Read(ref handled) + Volatile.Read(ref dead) >= Threads * 5_000);
        Assert.Equal(Threads * 5_000, Volatile.Read(ref handled) + Volatile.Read(ref dead));
    }

    /// <summary>For the compact engine; Akka.NET promises nothing about a router whose routees fail while it is being made.</summary>
    [Fact]
    [Trait("Engine", "compact")]
    public async Task Routees_that_fail_while_others_are_being_made_stop_the_router_after_the_making()
    {
        var supervisor = Supervise();
        for (var round = 0; round < 100; round++)
        {
            var router = await SpawnAsync(supervisor, new RoundRobinPool(20).Props(Props.Create(() => new FailsToStart())));
            await WatchNowAsync(router);
            await ExpectTerminatedAsync(router, Patience);
        }
    }

    private sealed class FailsToStart : UntypedActor
    {
        public FailsToStart() => throw new ContractException("on purpose");

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
