using Dispatcher.Host.Cli;

namespace Dispatcher.Host.Tests.Cli;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(12_345, "12.3 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_999, "1.00 MB")]
    [InlineData(1_230_000_000_000, "1.23 TB")]
    public void Bytes_AnySize_HasThreeDigits(long bytes, string expected) => Assert.Equal(expected, Format.Bytes(bytes));

    [Theory]
    [InlineData(0.0000004, "0 us")]
    [InlineData(0.000250, "250 us")]
    [InlineData(0.0025, "2.50 ms")]
    [InlineData(0.9999, "1.00 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(61, "1:01")]
    [InlineData(3661, "1:01:01")]
    public void Duration_AnyLength_HasItsUnit(double seconds, string expected) =>
        Assert.Equal(expected, Format.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Duration_None_IsADash() => Assert.Equal("-", Format.Duration(null));
}
