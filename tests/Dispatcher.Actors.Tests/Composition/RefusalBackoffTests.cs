using Dispatcher.Actors.Composition;

namespace Dispatcher.Actors.Tests.Composition;

public sealed class RefusalBackoffTests
{
    private static readonly Rejected s_full = new(RejectReason.QueueFull, TimeSpan.FromMilliseconds(50));

    [Theory]
    [InlineData(0, 50)]
    [InlineData(1, 100)]
    [InlineData(3, 400)]
    [InlineData(7, 5000)]
    [InlineData(500, 5000)]
    public void Next_RefusedForAWhile_DoublesTheHintUpToFiveSeconds(int refusals, int waitMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(waitMs), RefusalBackoff.Next(s_full, refusals, 1000, index: 0));

    [Theory]
    [InlineData(1, 53.125)]
    [InlineData(4, 62.5)]
    [InlineData(7, 71.875)]
    [InlineData(8, 50)]
    public void Next_ItemsSideBySide_DoNotComeAtOnce(int index, double waitMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(waitMs), RefusalBackoff.Next(s_full, 0, 1000, index));

    [Fact]
    public void Next_HintLongerThanTheLongest_IsCut() =>
        Assert.Equal(TimeSpan.FromSeconds(5), RefusalBackoff.Next(new Rejected(RejectReason.RateLimited, TimeSpan.FromHours(1)), 0, 8, 0));

    [Fact]
    public void Next_OftenEnough_IsTheOutcome()
    {
        Assert.NotNull(RefusalBackoff.Next(s_full, 7, 8, 0));
        Assert.Null(RefusalBackoff.Next(s_full, 8, 8, 0));
        Assert.Null(RefusalBackoff.Next(s_full, 0, 0, 0));
    }

    [Fact]
    public void Next_NoTimeHelps_IsTheOutcome()
    {
        Assert.Null(RefusalBackoff.Next(new Rejected(RejectReason.NoHandler, null), 0, 8, 0));
        Assert.Null(RefusalBackoff.Next(new Rejected(RejectReason.QueueFull, TimeSpan.Zero), 0, 8, 0));
        Assert.Null(RefusalBackoff.Next(new Failed(new FormatException(), "FormatException", 1), 0, 8, 0));
        Assert.Null(RefusalBackoff.Next(null, 0, 8, 0));
    }
}
