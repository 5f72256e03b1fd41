using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Tests.Admission;

public sealed class PriorityOrderTests
{
    [Fact]
    public void First_32Looks_BeginWithP0But3TimesWithP1AndOnceWithP2()
    {
        int[] counts = new int[3];
        for (uint look = 1000; look < 1032; look++)
            counts[PriorityOrder.First(look)]++;
        Assert.Equal([28, 3, 1], counts);
    }

    [Fact]
    public void First_EndOfTheNumbers_GoesOn() =>
        Assert.InRange(PriorityOrder.First(uint.MaxValue), 0, 2);
}
