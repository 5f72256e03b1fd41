using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Tests.Telemetry.Histograms;

public sealed class HistogramSnapshotTests
{
    [Fact]
    public void Figures_NothingRecorded_AreZero()
    {
        HistogramSnapshot empty = new();
        Assert.Equal(0, empty.Count);
        Assert.Equal(TimeSpan.Zero, empty.Mean);
        Assert.Equal(TimeSpan.Zero, empty.Quantile(0.99));
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.5, 50)]
    [InlineData(0.501, 51)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void Quantile_OneToHundred_IsTheNearestRank(double q, long units) => Assert.Equal(units, Of(Enumerable.Range(1, 100)).Quantile(q).Ticks);

    [Fact]
    public void Add_OtherWorkers_IsAsIfOneHadSeenAll()
    {
        HistogramSnapshot sum = Of(Enumerable.Range(1, 40));
        sum.Add(Of(Enumerable.Range(41, 60)));
        HistogramSnapshot all = Of(Enumerable.Range(1, 100));
        Assert.Equal(all.Count, sum.Count);
        Assert.Equal(all.Mean, sum.Mean);
        for (int units = 0; units <= 101; units++)
            Assert.Equal(all.CountOf(units), sum.CountOf(units));
    }

    [Fact]
    public void Quantiles_SeveralPages_AreThoseOfOnePassEach()
    {
        HistogramSnapshot snapshot = Of(Enumerable.Range(1, 100).Select(each => each * each * each));
        double[] qs = [0.01, 0.5, 0.5, 0.95, 0.99, 1];
        TimeSpan[] values = new TimeSpan[qs.Length];
        snapshot.Quantiles(qs, values);
        for (int i = 0; i < qs.Length; i++)
        {
            long rank = Math.Max(1, (long)Math.Ceiling(qs[i] * 100));
            Assert.Equal(LogLinearScale.MiddleOf(LogLinearScale.IndexOf(rank * rank * rank)), values[i].Ticks);
            Assert.Equal(snapshot.Quantile(qs[i]), values[i]);
        }
    }

    [Fact]
    public void Mean_SeveralPages_IsThatOfTheBucketsMiddles()
    {
        int[] units = [.. Enumerable.Range(1, 100).Select(each => each * each * each)];
        double sum = units.Sum(each => (double)LogLinearScale.MiddleOf(LogLinearScale.IndexOf(each)));
        Assert.Equal((long)(sum / 100), Of(units).Mean.Ticks);
    }

    [Fact]
    public void Clear_PageUsedAgain_HasNothingOfBefore()
    {
        HistogramSnapshot snapshot = Of(Enumerable.Range(1, 100));
        snapshot.Clear();
        Assert.Equal(0u, snapshot.CountOf(5));
        snapshot.Add(6, 1);
        Assert.Equal(0u, snapshot.CountOf(5));
        Assert.Equal(1u, snapshot.CountOf(6));
        Assert.Equal(6, snapshot.Mean.Ticks);
        Assert.Equal(6, snapshot.Quantile(1).Ticks);
        HistogramSnapshot sum = Of([70]);
        sum.Clear();
        sum.Add(snapshot);
        Assert.Equal(1, sum.Count);
        Assert.Equal(6, sum.Quantile(1).Ticks);
    }

    [Fact]
    public void Clear_AfterUse_IsEmptyAgain()
    {
        HistogramSnapshot snapshot = Of(Enumerable.Range(1, 100));
        snapshot.Clear();
        Assert.Equal(0, snapshot.Count);
        Assert.Equal(TimeSpan.Zero, snapshot.Quantile(1));
    }

    private static HistogramSnapshot Of(IEnumerable<int> units)
    {
        HistogramSnapshot snapshot = new();
        foreach (int each in units)
            snapshot.Add(LogLinearScale.IndexOf(each), 1);
        return snapshot;
    }
}
