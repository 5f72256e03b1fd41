using Dispatcher.Actors.Routing.Balancing;

namespace Dispatcher.Actors.Tests.Routing.Balancing;

/// <summary>What every balancing policy owes.</summary>
public sealed class BalancingPolicyTests
{
    private readonly int[] _loads = new int[64];

    public static TheoryData<RoutingPolicy> Policies =>
        [RoutingPolicy.RoundRobin, RoutingPolicy.SmallestMailbox, RoutingPolicy.RandomOfTwo, RoutingPolicy.ConsistentHash];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Choose_NoWorkers_ChoosesNone(RoutingPolicy routing)
    {
        IBalancingPolicy policy = Make(routing);
        Assert.Equal(-1, policy.Choose(null));
        policy.Join(3);
        policy.Leave(3);
        Assert.Equal(-1, policy.Choose("key"));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Choose_WorkersComeAndGoAtRandom_OnlyThoseThereAreChosen(RoutingPolicy routing)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            IBalancingPolicy policy = Make(routing);
            Random random = new(seed);
            SortedSet<int> there = [];
            for (int i = 0; i < 300; i++)
            {
                int worker = random.Next(_loads.Length);
                // Also those who are there already, and those who are not.
                if (random.Next(2) == 0)
                    policy.Join(there.Add(worker) ? worker : there.Min);
                else
                    policy.Leave(there.Remove(worker) ? worker : worker);
                _loads[random.Next(_loads.Length)] = random.Next(5);
                int chosen = policy.Choose(random.Next(2) == 0 ? null : $"{random.Next()}");
                Assert.True(there.Count == 0 ? chosen == -1 : there.Contains(chosen), $"seed {seed}, step {i}: {chosen} of {string.Join(",", there)}");
            }
        }
    }

    [Fact]
    public void RoundRobin_ThreeWorkers_EachInTurn()
    {
        IBalancingPolicy policy = Make(RoutingPolicy.RoundRobin, 0, 2, 5);
        Assert.Equal([0, 2, 5, 0, 2, 5, 0], Enumerable.Range(0, 7).Select(_ => policy.Choose("ignored")));
    }

    [Fact]
    public void SmallestMailbox_DifferentLoads_TheLeastAndOfEqualsTheLowest()
    {
        IBalancingPolicy policy = Make(RoutingPolicy.SmallestMailbox, 1, 2, 3, 4);
        (_loads[1], _loads[2], _loads[3], _loads[4]) = (3, 2, 7, 2);
        Assert.Equal(2, policy.Choose(null));
        _loads[4] = 0;
        Assert.Equal(4, policy.Choose(null));
        _loads[1] = 0;
        Assert.Equal(1, policy.Choose(null));
    }

    [Fact]
    public void RandomOfTwo_TwoWorkers_AlwaysTheOneWithLess()
    {
        IBalancingPolicy policy = Make(RoutingPolicy.RandomOfTwo, 6, 7);
        (_loads[6], _loads[7]) = (4, 3);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(7, policy.Choose(null)));
    }

    [Fact]
    public void RandomOfTwo_EqualLoads_EveryWorkerGetsAboutItsShare()
    {
        const int Workers = 8, Choices = 80_000;
        IBalancingPolicy policy = Make(RoutingPolicy.RandomOfTwo, [.. Enumerable.Range(0, Workers)]);
        int[] chosen = new int[Workers];
        for (int i = 0; i < Choices; i++)
            chosen[policy.Choose(null)]++;
        Assert.All(chosen, count => Assert.InRange(count, Choices / Workers * 0.95, Choices / Workers * 1.05));
    }

    // The reason for the policy: the fullest of n random lines has about log n / log log n, of two looks about log log n.
    [Fact]
    public void RandomOfTwo_AsManyTasksAsWorkers_NoLineIsLong()
    {
        IBalancingPolicy policy = Make(RoutingPolicy.RandomOfTwo, [.. Enumerable.Range(0, _loads.Length)]);
        for (int i = 0; i < _loads.Length; i++)
            _loads[policy.Choose(null)]++;
        Assert.InRange(_loads.Max(), 1, 4);
    }

    [Fact]
    public void ConsistentHash_SameKey_SameWorker_AndTasksWithoutKeyInTurn()
    {
        IBalancingPolicy policy = Make(RoutingPolicy.ConsistentHash, 0, 1, 2);
        int owner = policy.Choose("order 7");
        Assert.Equal([0, 1, 2, 0], Enumerable.Range(0, 4).Select(_ => policy.Choose(null)));
        Assert.Equal(owner, policy.Choose("order 7"));
        Assert.Equal(3, Enumerable.Range(0, 100).Select(i => policy.Choose($"order {i}")).Distinct().Count());
    }

    private IBalancingPolicy Make(RoutingPolicy routing, params int[] workers)
    {
        Func<int, int> loadOf = worker => _loads[worker];
        IBalancingPolicy policy = routing switch
        {
            RoutingPolicy.RoundRobin => new RoundRobinPolicy(),
            RoutingPolicy.SmallestMailbox => new SmallestMailboxPolicy(loadOf),
            RoutingPolicy.RandomOfTwo => new RandomOfTwoPolicy(loadOf, seed: 7),
            _ => new ConsistentHashPolicy(_loads.Length),
        };
        foreach (int worker in workers)
            policy.Join(worker);
        return policy;
    }
}
