using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors.Tests.Configuration;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5 minutes", 90_000)]
    [InlineData(" 2 h ", 7_200_000)]
    [InlineData("0ms", 0)]
    [InlineData("1d", 86_400_000)]
    public void TryParse_NumberAndUnit_IsTheDuration(string text, double milliseconds)
    {
        Assert.True(Durations.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1 fortnight")]
    [InlineData("1..5s")]
    [InlineData("99999999999999999999d")]
    public void TryParse_AnythingElse_SaysNo(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0ms")]
    [InlineData(1, "1ms")]
    [InlineData(0.5, "0.5ms")]
    [InlineData(1500, "1500ms")]
    [InlineData(60_000, "1m")]
    [InlineData(7_200_000, "2h")]
    public void Print_AnyDuration_ParsesBack(double milliseconds, string text)
    {
        TimeSpan duration = TimeSpan.FromMilliseconds(milliseconds);
        Assert.Equal(text, Durations.Print(duration));
        Assert.True(Durations.TryParse(text, out TimeSpan back));
        Assert.Equal(duration, back);
    }
}
