using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Tests.Admission;

public sealed class MpmcRingTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(1000, 1024)]
    [InlineData(1024, 1024)]
    public void Size_AnyMinimum_IsTheNextPowerOfTwoButAtLeastTwo(int minimum, int size) =>
        Assert.Equal(size, new MpmcRing<string>(minimum).Size);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1 << 30) + 1)]
    public void Constructor_SizeOutOfRange_Throws(int minimum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MpmcRing<string>(minimum));

    [Fact]
    public void TryDequeue_SeveralRoundsThroughTheRing_KeepsTheOrder()
    {
        MpmcRing<string> ring = new(4);
        for (int i = 0; i < 40; i++)
        {
            ring.Enqueue($"{i}a");
            Assert.True(ring.TryEnqueue($"{i}b"));
            Assert.Equal(2, ring.Count);
            Assert.True(ring.TryDequeue(out string? first));
            Assert.True(ring.TryDequeue(out string? second));
            Assert.Equal($"{i}a", first);
            Assert.Equal($"{i}b", second);
        }
    }

    [Fact]
    public void TryEnqueue_FullRing_SaysNoAndKeepsWhatIsThere()
    {
        MpmcRing<string> ring = new(2);
        Assert.True(ring.TryEnqueue("a"));
        Assert.True(ring.TryEnqueue("b"));
        Assert.False(ring.TryEnqueue("c"));
        Assert.True(ring.TryDequeue(out string? oldest));
        Assert.Equal("a", oldest);
        Assert.True(ring.TryEnqueue("c"));
    }

    [Fact]
    public void TryDequeue_EmptyRing_SaysNo()
    {
        MpmcRing<string> ring = new(2);
        Assert.False(ring.TryDequeue(out _));
        Assert.False(ring.HasItem);
        Assert.Equal(0, ring.Count);
    }

    [Fact]
    public void PeekAt_Positions_ShowsWhatIsThereInOrder()
    {
        MpmcRing<string> ring = new(4);
        ring.Enqueue("a");
        ring.Enqueue("b");
        ring.TryDequeue(out _);
        Assert.Equal("b", ring.PeekAt(ring.Head));
        Assert.Equal(ring.Head + 1, ring.Tail);
    }

    [Fact]
    public async Task Ring_ManyProducersAndConsumers_EveryItemOnceAndEachProducersInOrder()
    {
        const int Producers = 4, Consumers = 4, PerProducer = 50_000;
        MpmcRing<Tuple<int, int>> ring = new(64);
        int taken = 0;
        Task[] producers = [.. Enumerable.Range(0, Producers).Select(p => Task.Run(() =>
        {
            for (int i = 0; i < PerProducer; i++)
            {
                Tuple<int, int> item = new(p, i);
                SpinWait spin = default;
                while (!ring.TryEnqueue(item))
                    spin.SpinOnce();
            }
        }))];
        Task<List<Tuple<int, int>>>[] consumers = [.. Enumerable.Range(0, Consumers).Select(_ => Task.Run(() =>
        {
            List<Tuple<int, int>> got = [];
            SpinWait spin = default;
            while (Volatile.Read(ref taken) < Producers * PerProducer)
            {
                if (ring.TryDequeue(out Tuple<int, int>? item))
                {
                    got.Add(item);
                    Interlocked.Increment(ref taken);
                }
                else
                {
                    spin.SpinOnce();
                }
            }

            return got;
        }))];
        await Task.WhenAll(producers);
        List<Tuple<int, int>>[] all = await Task.WhenAll(consumers);

        foreach (List<Tuple<int, int>> got in all)
        {
            for (int p = 0; p < Producers; p++)
            {
                int[] own = [.. got.Where(item => item.Item1 == p).Select(item => item.Item2)];
                Assert.Equal(own.Order(), own);
            }
        }

        Assert.Equal(Producers * PerProducer, all.SelectMany(got => got).Distinct().Count());
    }
}
