using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;
using Akka.Routing;

namespace Akka.Contract.Tests.Routing;

/// <summary>Consistent hashing: the same key, the same routee. Three ways to give the key.</summary>
public sealed class ConsistentHashingSpec : RoutingSpec
{
    private sealed record Keyed(string Key, int Number) : IConsistentHashable
    {
        public object ConsistentHashKey => Key;
    }

    private sealed record Unkeyed(string Key);

    private static IEnumerable<string> Keys => Enumerable.Range(0, 50).Select(index => $"key-{index}");

    private async Task<Dictionary<string, string>> PlacesAsync(IActorRef router, Func<string, object> message)
    {
        var places = new Dictionary<string, string>();
        foreach (var key in Keys)
        {
            router.Tell(message(key), TestActor);
            places[key] = await ExpectMsgAsync<string>();
        }

        return places;
    }

    private async Task AssertSticksAsync(IActorRef router, Func<string, object> message)
    {
        var places = await PlacesAsync(router, message);
        Assert.True(places.Values.Distinct().Count() > 1, "All keys went to one routee.");
        Assert.Equal(places, await PlacesAsync(router, message));
    }

    [Fact]
    public async Task A_message_may_carry_its_key() =>
        await AssertSticksAsync(Sys.ActorOf(new ConsistentHashingPool(5).Props(NameTeller())), key => new Keyed(key, 1));

    [Fact]
    public async Task An_envelope_may_carry_the_key_and_is_taken_off()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).Props(NameTeller()));
        await AssertSticksAsync(router, key => new ConsistentHashableEnvelope(new Unkeyed(key), key));
        var echo = Sys.ActorOf(new ConsistentHashingPool(5).Props(FuncActor.Echo()));
        echo.Tell(new ConsistentHashableEnvelope("inside", "key"), TestActor);
        await ExpectMsgAsync("inside");
    }

    [Fact]
    public async Task A_mapping_of_the_router_may_find_the_key()
    {
        var pool = new ConsistentHashingPool(5).WithHashMapping(message => message is Unkeyed unkeyed ? unkeyed.Key : null);
        var router = Sys.ActorOf(pool.Props(NameTeller()));
        await AssertSticksAsync(router, key => new Unkeyed(key));
    }

    [Fact]
    public async Task The_three_ways_lead_to_the_same_routee()
    {
        var pool = new ConsistentHashingPool(5).WithHashMapping(message => message is Unkeyed unkeyed ? unkeyed.Key : null);
        var router = Sys.ActorOf(pool.Props(NameTeller()));
        var byMapping = await PlacesAsync(router, key => new Unkeyed(key));
        Assert.Equal(byMapping, await PlacesAsync(router, key => new Keyed(key, 1)));
        Assert.Equal(byMapping, await PlacesAsync(router, key => new ConsistentHashableEnvelope("any", key)));
    }

    [Fact]
    public async Task The_mapping_is_asked_first()
    {
        var pool = new ConsistentHashingPool(5).WithHashMapping(_ => "always the same");
        var router = Sys.ActorOf(pool.Props(NameTeller()));
        Assert.Single((await PlacesAsync(router, key => new Keyed(key, 1))).Values.Distinct());
    }

    [Fact]
    public async Task Numbers_are_keys_too()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).Props(NameTeller()));
        var first = await AnswersAsync(router, Enumerable.Range(0, 50).Select(object (key) => new ConsistentHashableEnvelope("any", key)));
        var second = await AnswersAsync(router, Enumerable.Range(0, 50).Select(object (key) => new ConsistentHashableEnvelope("any", key)));
        Assert.Equal(first, second);
        Assert.True(first.Distinct().Count() > 1);
    }

    [Fact]
    public async Task A_group_hashes_as_well() =>
        await AssertSticksAsync(Sys.ActorOf(new ConsistentHashingGroup(GroupPaths(5)).Props()), key => new Keyed(key, 1));

    [Fact]
    public async Task A_new_routee_takes_over_only_a_part_of_the_keys()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).WithVirtualNodesFactor(100).Props(NameTeller()));
        var before = await PlacesAsync(router, key => new Keyed(key, 1));
        var old = await RouteeActorsAsync(router);
        router.Tell(new AdjustPoolSize(1), ActorRefs.NoSender);
        var newcomer = (await RouteeActorsAsync(router)).Except(old).Single().Path.Name;

        var after = await PlacesAsync(router, key => new Keyed(key, 1));

        Assert.All(after, place => Assert.True(place.Value == newcomer || place.Value == before[place.Key]));
        Assert.True(after.Count(place => place.Value == newcomer) < before.Count);
    }

    [Fact]
    public async Task A_message_without_a_key_becomes_a_dead_letter()
    {
        var deadLetters = Listen<DeadLetter>();
        var router = Sys.ActorOf(new ConsistentHashingPool(2).Props(NameTeller()));
        var sender = await SpawnAsync(Supervise(), FuncActor.Of((_, message) => router.Tell(message)));
        sender.Tell(new Unkeyed("no key"), ActorRefs.NoSender);
        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => letter.Message is Unkeyed);
    }
}
