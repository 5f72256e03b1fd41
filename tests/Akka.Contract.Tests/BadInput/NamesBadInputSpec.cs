using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.BadInput;

/// <summary>Names and paths that are refused.</summary>
public sealed class NamesBadInputSpec : ContractSpec
{
    [Fact]
    public void A_name_that_is_taken_is_refused_by_name()
    {
        Sys.ActorOf(FuncActor.Echo(), "taken");
        var refusal = Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(FuncActor.Echo(), "taken"));
        Assert.Contains("taken", refusal.Message);
    }

    [Fact]
    public async Task A_childs_name_that_is_taken_is_refused_by_name()
    {
        var parent = Supervise();
        await SpawnAsync(parent, FuncActor.Echo(), "taken");
        var refusal = await Assert.ThrowsAsync<InvalidActorNameException>(() => SpawnAsync(parent, FuncActor.Echo(), "taken"));
        Assert.Contains("taken", refusal.Message);
    }

    [Fact]
    public void An_empty_name_is_refused() =>
        Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(FuncActor.Echo(), ""));

    [Theory]
    [InlineData("$own")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("100%")]
    [InlineData("a\\b")]
    [InlineData("a<b>")]
    public void An_illegal_name_is_refused_by_name(string name)
    {
        var refusal = Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(FuncActor.Echo(), name));
        Assert.Contains(name, refusal.Message);
    }

    [Fact]
    public async Task A_refused_name_does_not_hurt_the_parent()
    {
        var parent = Supervise();
        await Assert.ThrowsAsync<InvalidActorNameException>(() => SpawnAsync(parent, FuncActor.Echo(), "$illegal"));
        Assert.Equal("legal", (await SpawnAsync(parent, FuncActor.Echo(), "legal")).Path.Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no path")]
    [InlineData("/user/without-address")]
    public void A_text_that_is_no_path_does_not_parse(string text)
    {
        Assert.Throws<UriFormatException>(() => ActorPath.Parse(text));
        Assert.False(ActorPath.TryParse(text, out _));
    }

    [Fact]
    public void A_system_of_an_illegal_name_is_refused_by_name()
    {
        var refusal = Assert.Throws<ArgumentException>(() => ActorSystem.Create("bad name!"));
        Assert.Contains("bad name!", refusal.Message);
    }
}
