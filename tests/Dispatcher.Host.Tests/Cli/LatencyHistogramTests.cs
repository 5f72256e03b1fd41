using Dispatcher.Host.Cli;

namespace Dispatcher.Host.Tests.Cli;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_NothingRecorded_IsNull() => Assert.Null(new LatencyHistogram().Read().Percentile(0.5));

    [Fact]
    public void Percentile_KnownDurations_IsWithinThreePercentAbove()
    {
        var histogram = new LatencyHistogram();
        for (int micros = 1; micros <= 10_000; micros++)
            histogram.Record(TimeSpan.FromMicroseconds(micros));
        var counts = histogram.Read();

        Assert.InRange(counts.Percentile(0.5)!.Value.TotalMicroseconds, 5000, 5000 * 1.032);
        Assert.InRange(counts.Percentile(0.99)!.Value.TotalMicroseconds, 9900, 10_000);
        Assert.Equal(10_000, counts.Max.TotalMicroseconds);
        Assert.Equal(10_000, counts.Total);
    }

    [Fact]
    public void Since_AnEarlierReading_CountsOnlyWhatCameAfter()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(1));
        var before = histogram.Read();
        histogram.Record(TimeSpan.FromMilliseconds(100));

        var recent = histogram.Read().Since(before);
        Assert.Equal(1, recent.Total);
        Assert.InRange(recent.Percentile(0.5)!.Value.TotalMilliseconds, 100, 103.2);
    }

    [Fact]
    public void Buckets_EveryPowerOfTwo_HoldTheirValue()
    {
        for (int power = 0; power < 63; power++)
        {
            long nanos = 1L << power;
            int bucket = LatencyHistogram.BucketOf(nanos);
            Assert.True(LatencyHistogram.UpperBoundNanos(bucket) >= nanos, $"2^{power}");
            Assert.True(bucket == 0 || LatencyHistogram.UpperBoundNanos(bucket - 1) < nanos, $"2^{power}");
        }
        Assert.InRange(LatencyHistogram.BucketOf(long.MaxValue), 0, (64 - 5) * 32 - 1);
    }

    [Fact]
    public void Record_ManyThreads_LosesNothing()
    {
        var histogram = new LatencyHistogram();
        Parallel.For(0, 100_000, i => histogram.Record(TimeSpan.FromTicks(i)));
        Assert.Equal(100_000, histogram.Read().Total);
        Assert.Equal(99_999, histogram.Read().Max.Ticks);
    }
}
