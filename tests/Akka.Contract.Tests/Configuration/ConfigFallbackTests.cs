using Akka.Configuration;

namespace Akka.Contract.Tests.Configuration;

/// <summary>Configurations over one another.</summary>
public class ConfigFallbackTests
{
    [Fact]
    public void Fallback_AtAnyDepth_FillsWhatIsMissing()
    {
        var config = Parse("a.b { x = 1 }").WithFallback(Parse("a { b { x = 9, y = 2 }, c = 3 }\nd = 4"));

        Assert.Equal(1, config.GetInt("a.b.x"));
        Assert.Equal(2, config.GetInt("a.b.y"));
        Assert.Equal(3, config.GetInt("a.c"));
        Assert.Equal(4, config.GetInt("d"));
    }

    [Fact]
    public void Fallbacks_InARow_OrNested_AreAskedInOrder()
    {
        Config first = Parse("a.x = 1"), second = Parse("a { x = 2, y = 2 }"), third = Parse("a { x = 3, y = 3, z = 3 }");

        foreach (var config in new[] { first.WithFallback(second).WithFallback(third), first.WithFallback(second.WithFallback(third)) })
        {
            Assert.Equal(1, config.GetInt("a.x"));
            Assert.Equal(2, config.GetInt("a.y"));
            Assert.Equal(3, config.GetInt("a.z"));
        }
    }

    [Fact]
    public void Section_OfFallbacks_IsMergedToo()
    {
        var section = Parse("a.b { x = 1 }").WithFallback(Parse("a.b { x = 9, y { z = 2 } }")).GetConfig("a.b")!;

        Assert.Equal(1, section.GetInt("x"));
        Assert.Equal(2, section.GetInt("y.z"));
        Assert.Equal(["x", "y"], section.AsEnumerable().Select(pair => pair.Key).Order());
    }

    [Fact]
    public void Section_OnlyInTheFallback_IsFound() =>
        Assert.Equal(1, Parse("a = 1").WithFallback(Parse("b.c = 1")).GetConfig("b")!.GetInt("c"));

    [Fact]
    public void Array_IsReplacedNotJoined() =>
        Assert.Equal([1], Parse("a = [1]").WithFallback(Parse("a = [2,3]")).GetIntList("a"));

    [Fact]
    public void ScalarAndObject_WhicheverIsAbove_Wins()
    {
        Config scalar = Parse("a.b = 1"), nested = Parse("a.b { c = 2 }");

        Assert.Equal(1, scalar.WithFallback(nested).GetInt("a.b"));
        Assert.Equal(2, nested.WithFallback(scalar).GetInt("a.b.c"));
    }

    [Fact]
    public void WithFallback_LeavesBothSidesAsTheyWere()
    {
        Config upper = Parse("a { b = 1 }"), lower = Parse("a { c = 2 }");

        var both = upper.WithFallback(lower);

        Assert.Equal(2, both.GetInt("a.c"));
        Assert.False(upper.HasPath("a.c"));
        Assert.False(lower.HasPath("a.b"));
    }

    [Fact]
    public void WithFallback_OfNothing_GivesTheOtherSide()
    {
        var config = Parse("a = 1");

        Assert.Same(config, config.WithFallback(null));
        Assert.Same(config, Config.Empty.WithFallback(config));
        Assert.Equal(1, config.WithFallback(Config.Empty).GetInt("a"));
    }

    [Fact]
    public void WithFallback_OfItself_Fails()
    {
        var config = Parse("a = 1");

        Assert.Throws<ArgumentException>(() => config.WithFallback(config));
        Assert.Same(config, config.SafeWithFallback(config));
    }

    [Fact]
    public void WithFallback_Twice_IsAllowed()
    {
        var lower = Parse("b = 2");

        Assert.Equal(2, Parse("a = 1").WithFallback(lower).WithFallback(lower).GetInt("b"));
    }

    [Fact]
    public void Fallback_IsTheOtherSide()
    {
        var lower = Parse("b = 2");

        Assert.Equal(2, Parse("a = 1").WithFallback(lower).Fallback!.GetInt("b"));
        Assert.Null(lower.Fallback);
    }

    [Fact]
    public void SafeWithFallback_OfNull_IsTheFallback()
    {
        var lower = Parse("b = 2");

        Assert.Same(lower, ((Config)null!).SafeWithFallback(lower));
    }

    [Fact]
    public void Plus_WithText_IsAFallback()
    {
        Assert.Equal(2, (Parse("a = 1") + "a = 9, b = 2").GetInt("b"));
        Assert.Equal(1, ("a = 1" + Parse("a = 9")).GetInt("a"));
    }

    private static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);
}
