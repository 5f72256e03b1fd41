using Dispatcher.Actors.Scaling.Policies;

namespace Dispatcher.Actors.Tests.Scaling.Policies;

public sealed class WindowTests
{
    [Fact]
    public void MeanWindow_MoreThanItsSpan_ForgetsTheOldest()
    {
        MeanWindow window = new(TimeSpan.FromSeconds(3));
        Assert.Equal(0, window.Mean);
        foreach (double value in (double[])[10, 20, 30, 40])
            window = window.With(value, TimeSpan.FromSeconds(1));
        Assert.Equal(30, window.Mean);
    }

    [Fact]
    public void MeanWindow_TicksOfDifferentLength_WeighByLength()
    {
        MeanWindow window = new MeanWindow(TimeSpan.FromSeconds(4)).With(10, TimeSpan.FromSeconds(1)).With(20, TimeSpan.FromSeconds(3));
        Assert.Equal(17.5, window.Mean);
    }

    [Fact]
    public void PeakWindow_PeakOfTheSpan_IsForgottenAfterIt()
    {
        PeakWindow window = new(TimeSpan.FromSeconds(10));
        Assert.Equal(double.NegativeInfinity, window.Peak);
        window = window.With(50, TimeSpan.FromSeconds(1));
        for (int second = 2; second <= 11; second++)
        {
            window = window.With(second, TimeSpan.FromSeconds(second));
            Assert.Equal(50, window.Peak);
        }

        Assert.Equal(12, window.With(12, TimeSpan.FromSeconds(12)).Peak);
    }

    [Fact]
    public void PeakWindow_LongSilence_ForgetsAll() =>
        Assert.Equal(3, new PeakWindow(TimeSpan.FromSeconds(10)).With(50, TimeSpan.FromSeconds(1)).With(3, TimeSpan.FromHours(1)).Peak);

    [Theory]
    [InlineData(10, 1000, 20, 2000, 1)] // proportional
    [InlineData(10, 1000, 20, 1000, 0)] // another limit
    [InlineData(10, 1000, 20, 500, -1)] // they hinder each other; as a share of the mean, 15 workers and 750/s
    public void GrowthEvidence_TwoSizes_IsTheGainAsAShareOfProportional(int few, double rateOfFew, int many, double rateOfMany, double gain)
    {
        GrowthEvidence evidence = GrowthEvidence.None;
        for (int i = 0; i < 3; i++)
            evidence = evidence.With(few, rateOfFew, 1);
        Assert.Null(evidence.Gain());
        for (int i = 0; i < 3; i++)
            evidence = evidence.With(many, rateOfMany, 1);
        Assert.Equal(gain, evidence.Gain()!.Value, 9);
        Assert.Equal(Math.Max(rateOfFew, rateOfMany), evidence.BestPerSecond);
    }

    [Fact]
    public void GrowthEvidence_SizesThatHardlyDiffer_SayNothing()
    {
        GrowthEvidence evidence = GrowthEvidence.None;
        for (int i = 0; i < 4; i++)
            evidence = evidence.With(100, 1000, 1).With(110, 1000, 1);
        Assert.Null(evidence.Gain());
    }
}
