using System.Text;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.Contract.Tests.Hosting;

/// <summary>IConfiguration read as HOCON.</summary>
public sealed class ConfigurationHoconAdapterTests
{
    private const string Json = """
        {
          "akka": {
            "actor.serialization-bindings": { "\"System.Int32\"": "json" },
            "cluster": {
              "Roles": [ "front-end", "back-end" ],
              "app-version": "1.0.0",
              "min-nr-of-members": 99,
              "seed-nodes": [ "akka.tcp://system@somewhere.com:9999" ],
              "log-info": false,
              "log-info-verbose": true
            }
          },
          "text": "a \"quoted\" back\\slash # no comment, ${no.substitution}\nsecond line",
          "dotted.a": "on",
          "dotted.b.c": "2s",
          "dotted.b.d": "beside"
        }
        """;

    private readonly IConfigurationRoot _json = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Json))).Build();

    [Fact]
    public void ToHocon_ValuesOfAllKinds_AreRead()
    {
        var config = _json.ToHocon();
        Assert.Equal(["front-end", "back-end"], config.GetStringList("akka.cluster.roles"));
        Assert.Equal("1.0.0", config.GetString("akka.cluster.app-version"));
        Assert.Equal(99, config.GetInt("akka.cluster.min-nr-of-members"));
        Assert.Equal(["akka.tcp://system@somewhere.com:9999"], config.GetStringList("akka.cluster.seed-nodes"));
        Assert.False(config.GetBoolean("akka.cluster.log-info", true));
        Assert.True(config.GetBoolean("akka.cluster.log-info-verbose"));
    }

    [Fact]
    public void ToHocon_SpecialCharacters_AreKept() =>
        Assert.Equal("a \"quoted\" back\\slash # no comment, ${no.substitution}\nsecond line", _json.ToHocon().GetString("text"));

    [Fact]
    public void ToHocon_DottedKeys_ArePaths()
    {
        var config = _json.ToHocon().GetConfig("dotted")!;
        Assert.True(config.GetBoolean("a"));
        Assert.Equal(TimeSpan.FromSeconds(2), config.GetTimeSpan("b.c"));
        Assert.Equal("beside", config.GetString("b.d"));
    }

    [Theory]
    [InlineData(true, "system.int32", "akka.cluster.roles")]
    [InlineData(false, "System.Int32", "akka.cluster.Roles")]
    public void ToHocon_NormalizeKeys_LowersThem(bool normalize, string type, string roles)
    {
        var config = _json.ToHocon(normalize);
        Assert.Equal(type, Assert.Single(config.GetConfig("akka.actor.serialization-bindings")!.AsEnumerable()).Key);
        Assert.True(config.HasPath(roles));
    }

    [Fact]
    public void ToHocon_EnvironmentStyleKeys_GetDashesAndSortedLists()
    {
        var config = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AKKA:TEST_VALUE:A"] = "a",
            ["AKKA:TEST_LIST:0"] = "zero",
            ["AKKA:TEST_LIST:22"] = "two",
            ["AKKA:TEST_LIST:1"] = "one",
        }).Build();

        Assert.Equal("a", config.ToHocon().GetString("akka.test-value.a"));
        Assert.Equal(["zero", "one", "two"], config.ToHocon().GetStringList("akka.test-list"));
        Assert.Equal("a", config.ToHocon(normalizeKeys: false).GetString("AKKA.TEST-VALUE.A"));
    }

    [Fact]
    public void ToHocon_Section_KeepsItsOwnKeyOnly()
    {
        var config = _json.GetSection("akka:cluster").ToHocon();
        Assert.Equal(99, config.GetInt("cluster.min-nr-of-members"));
        Assert.False(config.HasPath("akka"));
    }

    [Fact]
    public void AddHocon_Configuration_IsAdded()
    {
        var builder = new AkkaConfigurationBuilder(new ServiceCollection(), "adapter")
            .AddHocon("akka.cluster.min-nr-of-members = 1, akka.cluster.other = 2", HoconAddMode.Append)
            .AddHocon(_json, HoconAddMode.Prepend);
        Assert.Equal(99, builder.Configuration.Value.GetInt("akka.cluster.min-nr-of-members"));
        Assert.Equal(2, builder.Configuration.Value.GetInt("akka.cluster.other"));
    }

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("", "\"\"")]
    [InlineData(null, "null")]
    [InlineData("a:b", "\"a:b\"")]
    [InlineData("a\\b", "\"a\\\\b\"")]
    [InlineData("say \"x\"", "\"say \\\"x\\\"\"")]
    [InlineData("a\nb", "\"a\\nb\"")]
    [InlineData("é", "é")]
    public void ToHocon_Text_IsQuotedAndEscapedWhereNeeded(string? text, string expected) => Assert.Equal(expected, text.ToHocon());

    [Theory]
    [InlineData("a/b")]
    [InlineData("tab\tand\r\nlines")]
    [InlineData("Server=DB\\TEST;uid=**;pwd=--; # not a comment")]
    [InlineData("\uFB2F and {braces} [brackets] $dollar ^hat ?question !bang @at *star &and `tick`")]
    public void ToHocon_Text_SurvivesTheParser(string text) =>
        Assert.Equal(text, ConfigurationFactory.ParseString($"value = {text.ToHocon()}").GetString("value"));

    [Fact]
    public void ToHocon_Numbers_AreInvariant()
    {
        Assert.Equal("on", true.ToHocon());
        Assert.Equal("off", false.ToHocon());
        Assert.Equal("-7", (-7).ToHocon());
        Assert.Equal("7000000000", 7_000_000_000L.ToHocon());
        Assert.Equal("0.5", 0.5.ToHocon());
        Assert.Equal("0.25", 0.25f.ToHocon());
    }

    [Fact]
    public void ToHocon_TimeSpan_IsMillisecondsOrInfinite()
    {
        Assert.Equal("1500", TimeSpan.FromSeconds(1.5).ToHocon());
        Assert.Equal("0", TimeSpan.Zero.ToHocon());
        Assert.Equal("infinite", TimeSpan.Zero.ToHocon(allowInfinite: true, zeroIsInfinite: true));
        Assert.Equal("infinite", TimeSpan.FromSeconds(-1).ToHocon(allowInfinite: true));
        Assert.Throws<ConfigurationException>(() => TimeSpan.Zero.ToHocon(zeroIsInfinite: true));
        Assert.Throws<ConfigurationException>(() => TimeSpan.FromSeconds(-1).ToHocon());
    }
}
