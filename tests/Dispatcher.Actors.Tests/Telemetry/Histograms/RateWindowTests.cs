using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Actors.Tests.Support;

namespace Dispatcher.Actors.Tests.Telemetry.Histograms;

public sealed class RateWindowTests
{
    private readonly ManualTime _time = new();
    private readonly RateWindow _window = new(3, TimeSpan.TicksPerSecond);
    private long _count = 1000;

    [Fact]
    public void PerSecond_BeforeTheFirstSpanHasEnded_IsZero()
    {
        Assert.Equal(0, _window.PerSecond());
        Assert.Equal(0, _window.Added);
        Span(seconds: 1, count: 5);
        Assert.Equal(0, _window.PerSecond());
    }

    [Fact]
    public void PerSecond_SpansOfAnyLength_IsCountByTime()
    {
        Span(1, 0);
        Span(1, 10);
        Span(3, 90);
        Assert.Equal(30, _window.PerSecond());
        Assert.Equal(90, _window.Added);
        Assert.Equal(25, _window.PerSecond(2));
    }

    [Fact]
    public void PerSecond_MoreSpansThanThereAre_TakesWhatThereIs()
    {
        for (int i = 0; i < 10; i++)
            Span(1, i);
        Assert.Equal(8, _window.PerSecond(100));
    }

    [Fact]
    public void PerSecond_TwoLooksAtTheSameMoment_IsZero()
    {
        Span(1, 0);
        Span(0, 10);
        Assert.Equal(0, _window.PerSecond());
    }

    private void Span(double seconds, long count)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _count += count;
        _window.Advance(_time.GetTimestamp(), _count);
    }
}
