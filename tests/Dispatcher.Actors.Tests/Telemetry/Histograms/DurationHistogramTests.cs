using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Telemetry.Histograms;

[Collection(Alone.Name)]
public sealed class DurationHistogramTests
{
    [Fact]
    public void Record_UniformDurations_QuantilesAreWithinOnePercent()
    {
        DurationHistogram histogram = new(TimeSpan.TicksPerSecond);
        HistogramWindow window = new(histogram, 1);
        for (int i = 1; i <= 100_000; i++)
            histogram.Record(i * 100L);
        window.Advance();
        Assert.Equal(100_000, window.Newest.Count);
        AssertNear(5_000_000, window.Newest.Quantile(0.5).Ticks);
        AssertNear(9_900_000, window.Newest.Quantile(0.99).Ticks);
        AssertNear(5_000_050, window.Newest.Mean.Ticks);
    }

    [Fact]
    public void RecordElapsed_TimestampsOfAnotherFrequency_AreConverted()
    {
        DurationHistogram histogram = new(timestampFrequency: 1_000_000_000);
        HistogramWindow window = new(histogram, 1);
        histogram.RecordElapsed(5_000);
        window.Advance();
        Assert.Equal(TimeSpan.FromMicroseconds(5), window.Newest.Quantile(1));
    }

    [Fact]
    public void Record_ASampleWithWeight_CountsForAllThatItStandsFor()
    {
        DurationHistogram histogram = new(TimeSpan.TicksPerSecond);
        HistogramWindow window = new(histogram, 1);
        histogram.Record(10, weight: 99);
        histogram.Record(100);
        window.Advance();
        Assert.Equal(100, window.Newest.Count);
        Assert.Equal(10, window.Newest.Quantile(0.99).Ticks);
        Assert.Equal(100, window.Newest.Quantile(1).Ticks);
    }

    [Fact]
    public void Record_ByManyThreadsWhileAnotherReads_LosesNothing()
    {
        const int Threads = 8, Each = 50_000;
        DurationHistogram histogram = new(TimeSpan.TicksPerSecond);
        HistogramWindow window = new(histogram, 1);
        using Barrier barrier = new(Threads + 1);
        Thread[] writers = [.. Enumerable.Range(0, Threads).Select(seed => new Thread(() =>
        {
            Random random = new(seed);
            barrier.SignalAndWait();
            for (int i = 0; i < Each; i++)
                histogram.Record(random.NextInt64(1L << random.Next(1, 40)));
        }))];
        foreach (Thread writer in writers)
            writer.Start();
        barrier.SignalAndWait();
        long seen = 0;
        while (writers.Any(static writer => writer.IsAlive))
        {
            window.Advance();
            seen += window.Newest.Count;
        }

        window.Advance();
        Assert.Equal((long)Threads * Each, seen + window.Newest.Count);
    }

    [Fact]
    public void Record_SteadyState_AllocatesNothing()
    {
        DurationHistogram histogram = new(TimeSpan.TicksPerSecond);
        long best = long.MaxValue;
        // The first round makes the pages; a later one may meet another processor's shard for the first time.
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10_000; i++)
                histogram.Record(i);
            best = Math.Min(best, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, best);
    }

    private static void AssertNear(long expected, long actual) => Assert.InRange(actual, expected * 0.99, expected * 1.01);
}
