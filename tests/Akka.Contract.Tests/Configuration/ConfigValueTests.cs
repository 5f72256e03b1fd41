using Akka.Configuration;

namespace Akka.Contract.Tests.Configuration;

/// <summary>Text to typed values, and what stands in for a missing one.</summary>
public class ConfigValueTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("10 s", 10_000)]
    [InlineData("10 seconds", 10_000)]
    [InlineData("1 second", 1_000)]
    [InlineData("0.05 s", 50)]
    [InlineData("500ms", 500)]
    [InlineData("500 millis", 500)]
    [InlineData("20 milliseconds", 20)]
    [InlineData("250", 250)]
    [InlineData("0", 0)]
    [InlineData("3000 micros", 3)]
    [InlineData("2000000 ns", 2)]
    [InlineData("2m", 120_000)]
    [InlineData("1 minute", 60_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("2 hours", 7_200_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("infinite", -1)]
    [InlineData("Infinite", -1)]
    public void TimeSpan_WithAnyUnit_IsRead(string text, double expectedMillis) =>
        Assert.Equal(expectedMillis, ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a").TotalMilliseconds);

    [Theory]
    [InlineData("soon", true)]
    [InlineData("-1", true)]
    [InlineData("-5s", true)]
    [InlineData("5 parsecs", true)]
    [InlineData("infinite", false)]
    public void TimeSpan_Malformed_Fails(string text, bool allowInfinite) =>
        Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString($"a = {text}").GetTimeSpan("a", null, allowInfinite));

    [Theory]
    [InlineData("128000b", 128_000L)]
    [InlineData("128000", 128_000L)]
    [InlineData("12 bytes", 12L)]
    [InlineData("1KiB", 1024L)]
    [InlineData("1k", 1024L)]
    [InlineData("2 kB", 2_000L)]
    [InlineData("1 MB", 1_000_000L)]
    [InlineData("1M", 1_048_576L)]
    [InlineData("3 MiB", 3_145_728L)]
    [InlineData("2 gigabytes", 2_000_000_000L)]
    [InlineData("1G", 1_073_741_824L)]
    [InlineData("1TiB", 1_099_511_627_776L)]
    [InlineData("1PB", 1_000_000_000_000_000L)]
    [InlineData("1E", 1_152_921_504_606_846_976L)]
    public void ByteSize_WithAnyUnit_IsRead(string text, long expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a"));

    [Theory]
    [InlineData("10 apples")]
    [InlineData("1.5 MB")]
    [InlineData("many")]
    public void ByteSize_Malformed_Fails(string text) =>
        Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString($"a = {text}").GetByteSize("a"));

    [Theory]
    [InlineData("on", true)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    [InlineData("false", false)]
    public void Boolean_EachWord_IsRead(string text, bool expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a", !expected));

    [Theory]
    [InlineData("maybe")]
    [InlineData("1")]
    [InlineData("TRUE")]
    public void Boolean_OtherWord_IsNotSupported(string text) =>
        Assert.Throws<NotSupportedException>(() => ConfigurationFactory.ParseString($"a = {text}").GetBoolean("a"));

    [Fact]
    public void Numbers_OfEachType_AreRead()
    {
        var config = ConfigurationFactory.ParseString("int = -7, long = 5000000000, float = 1.5, double = 1.25e3, decimal = 0.1");

        Assert.Equal(-7, config.GetInt("int"));
        Assert.Equal(5_000_000_000, config.GetLong("long"));
        Assert.Equal(1.5f, config.GetFloat("float"));
        Assert.Equal(1250d, config.GetDouble("double"));
        Assert.Equal(0.1m, config.GetDecimal("decimal"));
    }

    [Fact]
    public void Number_Malformed_Fails()
    {
        var config = ConfigurationFactory.ParseString("text = abc, fraction = 1.5, large = 3000000000");

        Assert.Throws<FormatException>(() => config.GetInt("text"));
        Assert.Throws<FormatException>(() => config.GetInt("fraction"));
        Assert.Throws<FormatException>(() => config.GetDouble("text"));
        Assert.Throws<OverflowException>(() => config.GetInt("large"));
    }

    [Fact]
    public void Missing_WithoutDefault_IsZeroOrNull()
    {
        var config = ConfigurationFactory.ParseString("a = 1");

        Assert.Equal(0, config.GetInt("x"));
        Assert.Equal(0L, config.GetLong("x.y"));
        Assert.Equal(0d, config.GetDouble("x"));
        Assert.False(config.GetBoolean("x"));
        Assert.Null(config.GetString("x"));
        Assert.Null(config.GetByteSize("x"));
        Assert.Equal(TimeSpan.Zero, config.GetTimeSpan("x"));
        Assert.Null(config.GetConfig("x"));
        Assert.Null(config.GetValue("x"));
        Assert.Empty(config.GetStringList("x"));
        Assert.False(config.HasPath("x"));
    }

    [Fact]
    public void Missing_WithDefault_IsTheDefault()
    {
        var config = ConfigurationFactory.ParseString("a = 1");

        Assert.Equal(5, config.GetInt("x", 5));
        Assert.Equal(6L, config.GetLong("x", 6));
        Assert.Equal(0.5, config.GetDouble("x", 0.5));
        Assert.True(config.GetBoolean("x", true));
        Assert.Equal("d", config.GetString("x", "d"));
        Assert.Equal(7L, config.GetByteSize("x", 7));
        Assert.Equal(TimeSpan.FromSeconds(8), config.GetTimeSpan("x", TimeSpan.FromSeconds(8)));
        Assert.Equal(["p"], config.GetStringList("x", ["p"]));
    }

    [Fact]
    public void Missing_ListOfNumbers_Fails() =>
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.ParseString("a = 1").GetIntList("x"));

    [Fact]
    public void Null_IsAPathWithoutText()
    {
        var config = ConfigurationFactory.ParseString("a = null");

        Assert.True(config.HasPath("a"));
        Assert.Null(config.GetString("a", "default"));
    }

    [Fact]
    public void Text_IsAnEmptyList() =>
        Assert.Empty(ConfigurationFactory.ParseString("a = text").GetStringList("a"));

    [Fact]
    public void Object_IsAPathWithoutText()
    {
        var config = ConfigurationFactory.ParseString("a { b = 1 }");

        Assert.True(config.HasPath("a"));
        Assert.Null(config.GetString("a", "default"));
        Assert.True(config.GetValue("a")!.IsObject());
        Assert.False(config.GetValue("a")!.IsString());
    }

    [Fact]
    public void Lists_OfEachType_AreRead()
    {
        var config = ConfigurationFactory.ParseString("n = [1, 2], b = [on, off], d = [0.5], s = [x, \"y z\"]");

        Assert.Equal([1, 2], config.GetIntList("n"));
        Assert.Equal([1L, 2L], config.GetLongList("n"));
        Assert.Equal([true, false], config.GetBooleanList("b"));
        Assert.Equal([0.5], config.GetDoubleList("d"));
        Assert.Equal(["x", "y z"], config.GetStringList("s"));
    }
}
