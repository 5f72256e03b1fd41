using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Tests.Telemetry.Histograms;

public sealed class LogLinearScaleTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(127, 127)]
    [InlineData(128, 128)]
    [InlineData(129, 128)]
    [InlineData(130, 129)]
    [InlineData(256, 192)]
    [InlineData(-5, 0)]
    public void IndexOf_SmallDurations_HasOneBucketEachUpTo127(long units, int index) => Assert.Equal(index, LogLinearScale.IndexOf(units));

    [Fact]
    public void IndexOf_TheLongestAndBeyond_IsTheLastBucket()
    {
        int last = (LogLinearScale.Pages * LogLinearScale.PageSize) - 1;
        Assert.Equal(last, LogLinearScale.IndexOf(LogLinearScale.MaxUnits));
        Assert.Equal(last, LogLinearScale.IndexOf(long.MaxValue));
    }

    [Fact]
    public void MiddleOf_AnyDuration_IsAtMostOnePercentOff()
    {
        Random random = new(1);
        for (int round = 0; round < 100_000; round++)
        {
            // Shifted, so that short durations come as often as long ones.
            long units = random.NextInt64(LogLinearScale.MaxUnits + 1) >> random.Next(41);
            long middle = LogLinearScale.MiddleOf(LogLinearScale.IndexOf(units));
            Assert.InRange(middle, units * 0.99, units * 1.01);
        }
    }

    [Fact]
    public void IndexOf_EveryBucket_RisesWithoutGaps()
    {
        int last = (LogLinearScale.Pages * LogLinearScale.PageSize) - 1;
        for (int index = 0; index <= last; index++)
            Assert.Equal(index, LogLinearScale.IndexOf(LogLinearScale.MiddleOf(index)));
    }
}
