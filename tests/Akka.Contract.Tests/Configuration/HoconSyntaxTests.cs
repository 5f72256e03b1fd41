using Akka.Configuration;

namespace Akka.Contract.Tests.Configuration;

/// <summary>What text means which keys and values.</summary>
public class HoconSyntaxTests
{
    [Theory]
    [InlineData("a = 1")]
    [InlineData("a : 1")]
    [InlineData("a=1,")]
    [InlineData("a= \t 1 \t ,")]
    [InlineData("\"a\" = 1")]
    [InlineData("\"a\" : \"1\"")]
    [InlineData("a = \"\"\"1\"\"\"")]
    [InlineData("a =\n 1")]
    [InlineData("{ \"a\" : 1 }")]
    [InlineData("# first\na = 1 # last")]
    [InlineData("// first\na = 1 // last")]
    [InlineData("x = 0\r\na = 1\r\n")]
    [InlineData("a = 0\na = 1")]
    [InlineData("a { x = 0 }\na = 1")]
    public void Value_EveryWayToWriteIt_IsTheSame(string hocon) =>
        Assert.Equal("1", ConfigurationFactory.ParseString(hocon).GetString("a"));

    [Theory]
    [InlineData("a.b.c = 1\na.b.d = 2")]
    [InlineData("a.b { c = 1\n d = 2 }")]
    [InlineData("a.b { c = 1, d = 2 }")]
    [InlineData("a { b { c = 1 } }\na.b.d = 2")]
    [InlineData("a { b = { c = 1 } }\na { b = { d = 2 } }")]
    [InlineData("a\n{\n  b\n  {\n    c = 1\n    d = 2\n  }\n}")]
    [InlineData("{ \"a\" : { \"b\" : { \"c\" : 1, \"d\" : 2 } } }")]
    [InlineData("a . b . c = 1\n\"a\".\"b\".\"d\" = 2")]
    [InlineData("a.b { c = 1 } a.b { d = 2 }")]
    public void Objects_EveryWayToNestThem_AreTheSame(string hocon)
    {
        var config = ConfigurationFactory.ParseString(hocon);

        Assert.Equal(1, config.GetInt("a.b.c"));
        Assert.Equal(2, config.GetInt("a.b.d"));
    }

    [Theory]
    [InlineData("a = foo bar", "foo bar")]
    [InlineData("a = 1 2  3", "1 2  3")]
    [InlineData("a = 127.0.0.1", "127.0.0.1")]
    [InlineData("a = some/path-with_signs(x);+", "some/path-with_signs(x);+")]
    [InlineData("a = \"tcp://node@host:1\"", "tcp://node@host:1")]
    [InlineData("a = \"tab\\there \\\"quoted\\\" \\\\ \\u0041\"", "tab\there \"quoted\" \\ A")]
    [InlineData("a = \"\"\"C:\\Dev\\to\"a\"file\"\"\"", "C:\\Dev\\to\"a\"file")]
    [InlineData("a = \"\"\"two\nlines\"\"\"", "two\nlines")]
    [InlineData("a = \"x\" y \"z\"", "x y z")]
    [InlineData("a = # comment\n value", "value")]
    [InlineData("a = \"\"", "")]
    public void Text_QuotedOrNot_IsReadAsWritten(string hocon, string expected) =>
        Assert.Equal(expected, ConfigurationFactory.ParseString(hocon).GetString("a"));

    [Theory]
    [InlineData("a = [1,2,3]")]
    [InlineData("a = [ 1, 2, 3, ]")]
    [InlineData("a = [\n 1\n 2\n 3\n]")]
    [InlineData("a =\n[\n 1, # one\n 2 // two\n 3\n]")]
    [InlineData("a = [1] [2,3]")]
    [InlineData("a = [\"1\", \"2\", \"3\"]")]
    [InlineData("a = [9]\na = [1,2,3]")]
    public void Array_EveryWayToWriteIt_IsTheSame(string hocon) =>
        Assert.Equal([1, 2, 3], ConfigurationFactory.ParseString(hocon).GetIntList("a"));

    [Fact]
    public void Array_WordsOnALine_AreOneElement() =>
        Assert.Equal(["1 2 3", "4"], ConfigurationFactory.ParseString("a = [1 2 3, 4]").GetStringList("a"));

    [Fact]
    public void Array_OfObjects_KeepsEachObject()
    {
        var items = ConfigurationFactory.ParseString("a = [ { x = 1 }, { x = 2 } ]").GetValue("a")!.GetArray();

        Assert.Equal(2, items.Count);
        Assert.Equal(2, items[1].GetObject()!.GetKey("x")!.GetInt());
    }

    [Fact]
    public void Key_WithDotsInQuotes_IsOneKey()
    {
        var config = ConfigurationFactory.ParseString("a { \"/x/y.z/*\".d = 123, \"some, key\" = 1 }");

        Assert.Equal(123, config.GetInt("a.\"/x/y.z/*\".d"));
        Assert.Equal(123, config.GetConfig("a")!.GetConfig("\"/x/y.z/*\"")!.GetInt("d"));
        Assert.Equal(1, config.GetInt("a.some, key"));
    }

    [Fact]
    public void Key_OfSeveralWords_KeepsItsBlanks() =>
        Assert.Equal(42, ConfigurationFactory.ParseString("a b c : 42").GetInt("a b c"));

    [Fact]
    public void Key_OfAPathWithSlashes_NeedsNoQuotes() =>
        Assert.Equal("x", ConfigurationFactory.ParseString("deployment { /parent/child { router = x } }").GetString("deployment./parent/child.router"));

    [Fact]
    public void Null_OverAnObject_RemovesItsKeys()
    {
        var config = ConfigurationFactory.ParseString("a.b = 1\na = null\na.c = 3");

        Assert.Null(config.GetString("a.b"));
        Assert.Equal(3, config.GetInt("a.c"));
    }

    [Fact]
    public void Include_InAnObject_IsMergedWhereItStands()
    {
        var config = ConfigurationFactory.ParseString(
            "a { b { w = 1\n include \"other\"\n z = 3 } }",
            name => Root($"x = 2, y = ${{x}}, name = {name}"));

        Assert.Equal(1, config.GetInt("a.b.w"));
        Assert.Equal(2, config.GetInt("a.b.x"));
        Assert.Equal(2, config.GetInt("a.b.y"));
        Assert.Equal(3, config.GetInt("a.b.z"));
        Assert.Equal("other", config.GetString("a.b.name"));
    }

    [Fact]
    public void Include_WithinAnInclude_IsResolvedFromItsPlace()
    {
        var config = ConfigurationFactory.ParseString(
            "a.b { include \"outer\" }",
            _ => Akka.Configuration.Hocon.Parser.Parse("c { include \"inner\" }", _ => Root("x = 1, y = ${x}")));

        Assert.Equal(1, config.GetInt("a.b.c.y"));
    }

    [Fact]
    public void Include_AsAKey_IsAKey() =>
        Assert.Equal(1, ConfigurationFactory.ParseString("include = 1").GetInt("include"));

    private static Akka.Configuration.Hocon.HoconRoot Root(string hocon) => Akka.Configuration.Hocon.Parser.Parse(hocon, null);
}
