using Akka.Configuration;

namespace Akka.Contract.Tests.Configuration;

/// <summary>References from one value to another of the same text.</summary>
public class HoconSubstitutionTests
{
    [Theory]
    [InlineData("x = 1\na = ${x}")]
    [InlineData("a = ${x}\nx = 1")]
    [InlineData("x = 2\na = ${x}\nx = 1")]
    [InlineData("x.y { z = 1 }\na = ${x.y.z}")]
    [InlineData("x = 1\ny = ${x}\na = ${y}")]
    public void Substitution_WhereverItStands_TakesTheFinalValue(string hocon) =>
        Assert.Equal(1, ConfigurationFactory.ParseString(hocon).GetInt("a"));

    [Theory]
    [InlineData("x = Roger\na = I am ${x}", "I am Roger")]
    [InlineData("x = 1\na = ${x}23", "123")]
    [InlineData("x = 1\na = ${x} ${x}", "1 1")]
    [InlineData("x = h\na = \"http://\"${x}\":80\"", "http://h:80")]
    [InlineData("x = 1\na = \"${x}\"", "${x}")]
    public void Substitution_AmongText_IsJoined(string hocon, string expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString("a"));

    [Fact]
    public void Substitution_OfAnArray_IsJoinedWithAnother() =>
        Assert.Equal([1, 2, 3, 4], ConfigurationFactory.ParseString("x = [1,2]\na = ${x} [3,4]").GetIntList("a"));

    [Fact]
    public void Substitution_InAnArray_IsAnElement() =>
        Assert.Equal(["1", "2"], ConfigurationFactory.ParseString("x = 1\na = [${x}, 2]").GetStringList("a"));

    [Fact]
    public void Substitution_OfAnObject_HasItsKeys()
    {
        var config = ConfigurationFactory.ParseString("x { foo = hello, bar { baz = 1 } }\na = ${x}");

        Assert.Equal("hello", config.GetString("a.foo"));
        Assert.Equal(1, config.GetConfig("a")!.GetInt("bar.baz"));
    }

    [Fact]
    public void Substitution_WithoutTarget_FailsWithItsPath()
    {
        var error = Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString("a = 1\nb = ${x.y}"));

        Assert.Contains("x.y", error.Message);
    }

    [Fact]
    public void Substitution_DoesNotSeeFallbacks() =>
        Assert.Throws<FormatException>(() => ConfigurationFactory.ParseString("a = ${x}").WithFallback(ConfigurationFactory.ParseString("x = 1")));
}
