using Dispatcher.Actors.Scaling;

namespace Dispatcher.Actors.Tests.Scaling;

public sealed class ArrivalCurveTests
{
    private readonly ArrivalCurve _curve = new();

    [Theory]
    [InlineData(0, 3000)] // nobody waits
    [InlineData(1, 2995)] // the last of the 200 of the third second
    [InlineData(100, 2500)]
    [InlineData(200, 2000)]
    [InlineData(250, 1500)] // 50 of the 100 of the second one
    [InlineData(300, 1000)]
    [InlineData(310, 1000)] // from before: as old as is known
    public void OldestCameAt_SomeWait_IsWhenTheOldestOfThemCame(int waiting, long millis)
    {
        _curve.Advance(1000, 50);
        _curve.Advance(2000, 150);
        _curve.Advance(3000, 350);
        Assert.Equal(millis, _curve.OldestCameAt(waiting));
    }

    [Fact]
    public void OldestCameAt_StuckForLong_IsAtLeastAsOldAsItsMemory()
    {
        for (int second = 0; second < 100; second++)
            _curve.Advance(second * 1000L, 10);
        Assert.Equal(36_000, _curve.OldestCameAt(10));
    }

    [Fact]
    public void OldestCameAt_NobodyCameInTheLastTicks_IsWhenSomebodyDid()
    {
        _curve.Advance(0, 0);
        _curve.Advance(1000, 10);
        _curve.Advance(2000, 10);
        _curve.Advance(3000, 10);
        Assert.Equal(500, _curve.OldestCameAt(5));
    }
}
