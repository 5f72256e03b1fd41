using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace Akka.Contract.Tests.Configuration;

/// <summary>Making configurations, and looking at them as a whole.</summary>
public class ConfigTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("# nothing here\n// nor here")]
    [InlineData("{}")]
    public void Empty_HasNoPaths(string hocon)
    {
        var config = ConfigurationFactory.ParseString(hocon);

        Assert.True(config.IsEmpty);
        Assert.True(config.IsNullOrEmpty());
        Assert.False(config.HasPath("a"));
        Assert.Empty(config.AsEnumerable());
    }

    [Fact]
    public void Empty_EveryWayToGetIt_IsEmpty()
    {
        Assert.True(Config.Empty.IsEmpty);
        Assert.True(ConfigurationFactory.Empty.IsEmpty);
        Assert.True(new Config().IsEmpty);
        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.False(ConfigurationFactory.ParseString("a = 1").IsNullOrEmpty());
    }

    [Fact]
    public void WithoutRoot_EveryQuestion_IsInvalid() =>
        Assert.Throws<InvalidOperationException>(() => new Config().HasPath("a"));

    [Fact]
    public void Text_ConvertsToAConfig()
    {
        Config config = "a.b = 1";

        Assert.Equal(1, config.GetInt("a.b"));
    }

    [Fact]
    public void AsEnumerable_GivesTheTopKeysInOrder()
    {
        var config = ConfigurationFactory.ParseString("b { x = 1 }, \"a.c\" = 2");

        Assert.Equal(["b", "a.c"], config.AsEnumerable().Select(pair => pair.Key));
        Assert.Equal(2, config.AsEnumerable().Last().Value.GetInt());
    }

    [Fact]
    public void ToString_IsHoconOfTheSameMeaning()
    {
        var text = ConfigurationFactory.ParseString("a { b = \"x y\", c = [1, 2], d { e = on } }").ToString();

        var again = ConfigurationFactory.ParseString(text);
        Assert.Equal("x y", again.GetString("a.b"));
        Assert.Equal([1, 2], again.GetIntList("a.c"));
        Assert.True(again.GetBoolean("a.d.e"));
    }

    [Fact]
    public void ToString_ShowsFallbacksWhenAsked()
    {
        var config = ConfigurationFactory.ParseString("first = 1").WithFallback(ConfigurationFactory.ParseString("second = 2"));

        Assert.DoesNotContain("second", config.ToString());
        Assert.Contains("first", config.ToString(true));
        Assert.Contains("second", config.ToString(true));
    }

    [Fact]
    public void AtKey_PutsAValueBelowAKey() =>
        Assert.Equal(1, ConfigurationFactory.ParseString("a { b = 1 }").Root.AtKey("x").GetInt("x.a.b"));

    [Fact]
    public void Built_OfValues_ReadsLikeParsed()
    {
        var root = new HoconObject();
        root.GetOrCreateKey("a").AppendValue(new HoconLiteral { Value = "1" });
        var value = new HoconValue();
        value.NewValue(root);

        Assert.Equal(1, new Config(new HoconRoot(value)).GetInt("a"));
    }

    [Fact]
    public void Default_HasTheEnginesKeys() =>
        Assert.False(ConfigurationFactory.Default().GetConfig("akka.actor").IsNullOrEmpty());

    [Fact]
    public void FromResource_ThatDoesNotExist_Fails()
    {
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.FromResource<ConfigTests>("No.Such.conf"));
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.FromResource("No.Such.conf", typeof(ConfigTests).Assembly));
        Assert.ThrowsAny<Exception>(() => ConfigurationFactory.FromResource("No.Such.conf", (object)this));
    }

    [Fact]
    public void FromObject_HasItsProperties()
    {
        var config = ConfigurationFactory.FromObject(new { a = new { b = 1, c = "x y" }, d = new[] { 1, 2 } });

        Assert.Equal(1, config.GetInt("a.b"));
        Assert.Equal("x y", config.GetString("a.c"));
        Assert.Equal([1, 2], config.GetIntList("d"));
    }

    [Fact]
    public void ConfigurationException_OfAMissingSection_NamesTypeAndPath()
    {
        var error = ConfigurationException.NullOrEmptyConfig<ConfigTests>("a.b");

        Assert.Contains(nameof(ConfigTests), error.Message);
        Assert.Contains("a.b", error.Message);
        Assert.IsAssignableFrom<Akka.Actor.AkkaException>(error);
    }
}
