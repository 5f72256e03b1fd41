using System.Collections.Concurrent;
using Dispatcher.Actors.Admission.Fairness;
using Dispatcher.Actors.Tests.Admission.Limits;

namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>A fair queue that several threads use at once, as a pool does: reserve, enter, cancel, take.</summary>
public sealed class FairQueueCrowdTests
{
    private const int Queued = 0, Taken = 1, Ended = 2;

    [Theory]
    [InlineData(1, 5, 1, 0)]
    [InlineData(2, 5, 8, 0)]
    [InlineData(3, 1, 1, 0)]
    [InlineData(4, 5, 8, 50)]
    [InlineData(5, 30, 8, 90)]
    public async Task Queue_ManyProducersAndConsumers_EveryTaskOnceAndEachProducersInOrder(int seed, int tenants, int maxTenants, int percentCancelled)
    {
        const int Producers = 3, Consumers = 3, PerProducer = 20_000, Capacity = 64;
        FairnessSettings settings = new() { MaxTenants = maxTenants, MaxShare = 1, DefaultWeight = 2, Burst = 3, Weights = new Dictionary<string, int>() };
        FairLine<Item> queue = new(Capacity, settings, item => Volatile.Read(ref item.State) == Ended);
        ConcurrentBag<List<Item>> all = [];
        int reserved = 0, finished = 0, refused = 0;

        void Produce(int producer, Random random)
        {
            for (int i = 0; i < PerProducer; i++)
            {
                SpinWait spin = default;
                while (Interlocked.Increment(ref reserved) > Capacity)
                {
                    Interlocked.Decrement(ref reserved);
                    spin.SpinOnce();
                }

                Item item = new(producer, random.Next(tenants), i);
                FairTenant? holder = queue.TryEnqueue($"tenant {item.Tenant}", item);
                if (holder == null)
                {
                    // Never: who has a reservation has a place. Counted, so that the others come to their end.
                    Interlocked.Increment(ref refused);
                    Interlocked.Increment(ref finished);
                    continue;
                }

                if (random.Next(100) < percentCancelled && Interlocked.CompareExchange(ref item.State, Ended, Queued) == Queued)
                {
                    queue.Withdraw(holder);
                    Interlocked.Decrement(ref reserved);
                    Interlocked.Increment(ref finished);
                }
            }
        }

        void Consume()
        {
            List<Item> got = [];
            SpinWait spin = default;
            while (Volatile.Read(ref finished) < Producers * PerProducer)
            {
                if (!queue.TryTake(out Item? item, out FairTenant? holder))
                {
                    spin.SpinOnce();
                }
                else if (Interlocked.CompareExchange(ref item.State, Taken, Queued) == Queued)
                {
                    holder.Release();
                    got.Add(item);
                    Interlocked.Decrement(ref reserved);
                    Interlocked.Increment(ref finished);
                }
                else
                {
                    queue.OnTombstoneTaken();
                }
            }

            all.Add(got);
        }

        await Crowd.Run(Producers + Consumers, seed, (thread, random) =>
        {
            if (thread < Producers)
                Produce(thread, random);
            else
                Consume();
        });
        Assert.Equal(0, refused);
        int taken = all.Sum(got => got.Count);
        Assert.Equal(taken, all.SelectMany(got => got).Distinct().Count());
        Assert.True(percentCancelled > 0 || taken == Producers * PerProducer);
        // A tenant that was counted with others for a while may overtake itself when it gets a line of its own.
        bool inOrder = tenants <= maxTenants;
        foreach (IGrouping<(int, int), Item> own in inOrder ? all.SelectMany(got => got.GroupBy(item => (item.Producer, item.Tenant))) : [])
            Assert.Equal(own.Select(item => item.Number).Order(), own.Select(item => item.Number));
        // What is left are tombstones, and they can be taken too.
        while (queue.TryTake(out Item? left, out _))
            Assert.Equal(Ended, left.State);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task IndexRing_ManyThreads_EachNumberIsInOneHand()
    {
        const int Numbers = 8, Threads = 6;
        IndexRing ring = new(Numbers);
        int[] holders = new int[Numbers];
        int twice = 0;
        await Crowd.Run(Threads, 1, (_, _) =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                int number = ring.Take();
                if (Interlocked.Increment(ref holders[number]) != 1)
                    Interlocked.Increment(ref twice);
                Interlocked.Decrement(ref holders[number]);
                ring.Put(number);
            }
        });
        Assert.Equal(0, twice);
    }

    private sealed class Item(int producer, int tenant, int number)
    {
        public int State = Queued;

        public int Producer { get; } = producer;

        public int Tenant { get; } = tenant;

        public int Number { get; } = number;
    }
}
