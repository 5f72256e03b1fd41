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
