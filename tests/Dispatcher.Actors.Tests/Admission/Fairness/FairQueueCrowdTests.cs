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
        Market market = new(tenants, maxTenants, percentCancelled);
        await Crowd.Run(Market.Producers + Market.Consumers, seed, (thread, random) =>
        {
            if (thread < Market.Producers)
                market.Produce(thread, random);
            else
                market.Consume();
        });
        market.Check();
    }

    [Fact]
    public async Task IndexRing_ManyThreads_EachNumberIsInOneHand()
    {
        // A turn ends in a wait whenever the thread ahead has lost its processor: few turns, or a busy machine takes a time slice for each of them.
        const int Numbers = 8, Threads = 6, Turns = 3_000;
        IndexRing ring = new(Numbers);
        int[] holders = new int[Numbers];
        int twice = 0;
        await Crowd.Run(Threads, 1, (_, _) =>
        {
            for (int i = 0; i < Turns; i++)
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

    [Fact]
    public async Task FreePlaces_ManyThreadsWithAllInUse_EachNumberIsInOneHandAndTheCountsAddUp()
    {
        const int InUse = 24, Threads = 6;
        FreePlaces places = new(InUse);
        int[] holders = new int[places.Numbers];
        int twice = 0, missed = 0;
        ConcurrentQueue<int> passedOn = [];
        await Crowd.Run(Threads, 1, (_, random) =>
        {
            for (int i = 0; i < 30_000; i++)
            {
                int number = places.Take();
                if (Interlocked.Increment(ref holders[number]) != 1)
                    Interlocked.Increment(ref twice);
                places.OnFilled();
                if (places.InUse <= 0 || places.Filled <= 0)
                    Interlocked.Increment(ref missed);
                // Most go back from another thread than took them, so that stocks run over and out.
                passedOn.Enqueue(number);
                for (int back = passedOn.Count > InUse - (2 * Threads) ? 2 : random.Next(2); back > 0 && passedOn.TryDequeue(out int other); back--)
                {
                    Interlocked.Decrement(ref holders[other]);
                    places.Put(other);
                }
            }
        });
        Assert.Equal((0, 0), (twice, missed));
        Assert.Equal((passedOn.Count, passedOn.Count), ((int)places.InUse, (int)places.Filled));
        Assert.Equal(Threads * 30_000 - passedOn.Count, places.Returned);
    }

    private sealed class Market(int tenants, int maxTenants, int percentCancelled)
    {
        public const int Producers = 3, Consumers = 3;
        private const int PerProducer = 20_000, Capacity = 64;

        private readonly ConcurrentBag<List<Item>> _all = [];
        private readonly FairLine<Item> _queue = new(
            Capacity,
            new FairnessSettings { MaxTenants = maxTenants, MaxShare = 1, DefaultWeight = 2, Burst = 3, RetryAfter = TimeSpan.FromMilliseconds(1), Weights = new Dictionary<string, int>() },
            item => Volatile.Read(ref item.State) == Ended);

        private int _reserved;
        private int _finished;
        private int _refused;

        public void Produce(int producer, Random random)
        {
            for (int i = 0; i < PerProducer; i++)
            {
                SpinWait spin = default;
                while (Interlocked.Increment(ref _reserved) > Capacity)
                {
                    Interlocked.Decrement(ref _reserved);
                    spin.SpinOnce();
                }

                Item item = new(producer, random.Next(tenants), i);
                if (_queue.TryEnqueue($"tenant {item.Tenant}", item) is not { } holder)
                {
                    // Never: who has a reservation has a place. Counted, so that the others come to their end.
                    Interlocked.Increment(ref _refused);
                    Interlocked.Increment(ref _finished);
                }
                else if (random.Next(100) < percentCancelled && Interlocked.CompareExchange(ref item.State, Ended, Queued) == Queued)
                {
                    _queue.Withdraw(holder);
                    Interlocked.Decrement(ref _reserved);
                    Interlocked.Increment(ref _finished);
                }
            }
        }

        public void Consume()
        {
            List<Item> got = [];
            SpinWait spin = default;
            while (Volatile.Read(ref _finished) < Producers * PerProducer)
            {
                if (!_queue.TryTake(out Item? item, out FairTenant? holder))
                {
                    spin.SpinOnce();
                }
                else if (Interlocked.CompareExchange(ref item.State, Taken, Queued) == Queued)
                {
                    holder.Release();
                    got.Add(item);
                    Interlocked.Decrement(ref _reserved);
                    Interlocked.Increment(ref _finished);
                }
                else
                {
                    _queue.OnTombstoneTaken();
                }
            }

            _all.Add(got);
        }

        public void Check()
        {
            Assert.Equal(0, _refused);
            int taken = _all.Sum(got => got.Count);
            Assert.Equal(taken, _all.SelectMany(got => got).Distinct().Count());
            Assert.True(percentCancelled > 0 || taken == Producers * PerProducer);
            // A tenant that was counted with others for a while may overtake itself when it gets a line of its own.
            bool inOrder = tenants <= maxTenants;
            foreach (IGrouping<(int, int), Item> own in inOrder ? _all.SelectMany(got => got.GroupBy(item => (item.Producer, item.Tenant))) : [])
                Assert.Equal(own.Select(item => item.Number).Order(), own.Select(item => item.Number));
            // What is left are tombstones, and they can be taken too.
            while (_queue.TryTake(out Item? left, out _))
                Assert.Equal(Ended, left.State);
            Assert.Equal(0, _queue.Count);
        }
    }

    private sealed class Item(int producer, int tenant, int number)
    {
        public int State = Queued;

        public int Producer { get; } = producer;

        public int Tenant { get; } = tenant;

        public int Number { get; } = number;
    }
}
