using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>Names, paths, references.</summary>
public sealed class NamesSpec : ContractSpec
{
    [Fact]
    public void A_top_level_actor_lives_below_user()
    {
        var actor = Sys.ActorOf(FuncActor.Echo(), "top");
        Assert.Equal("top", actor.Path.Name);
        Assert.Equal($"akka://{Sys.Name}/user/top", actor.Path.ToString());
        Assert.Equal("/user/top", actor.Path.ToStringWithoutAddress());
        Assert.Equal(["user", "top"], actor.Path.Elements);
    }

    [Fact]
    public async Task A_child_lives_below_its_parent()
    {
        var parent = Supervise(name: "parent");
        var child = await SpawnAsync(parent, FuncActor.Echo(), "child");
        Assert.Equal(parent.Path / "child", child.Path);
        Assert.Equal(parent.Path, child.Path.Parent);
    }

    [Fact]
    public async Task An_unnamed_actor_gets_a_name_of_its_own_that_starts_with_a_dollar()
    {
        var parent = Supervise();
        var names = new HashSet<string>();
        for (var count = 0; count < 100; count++)
        {
            var child = await SpawnAsync(parent, FuncActor.Echo());
            Assert.StartsWith("$", child.Path.Name);
            Assert.True(names.Add(child.Path.Name));
        }
    }

    [Fact]
    public async Task A_parent_knows_its_children_by_name()
    {
        var parent = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            switch (message)
            {
                case "make":
                    context.ActorOf(FuncActor.Echo(), "one");
                    context.ActorOf(FuncActor.Echo(), "two");
                    break;
                case "names":
                    context.Sender.Tell(string.Join(' ', context.GetChildren().Select(child => child.Path.Name).Order(StringComparer.Ordinal)));
                    break;
                case string name:
                    context.Sender.Tell(context.Child(name));
                    break;
            }
        }), "parent");
        parent.Tell("make", TestActor);
        parent.Tell("names", TestActor);
        parent.Tell("one", TestActor);
        parent.Tell("three", TestActor);

        await ExpectMsgAsync("one two");
        Assert.Equal("one", (await ExpectMsgAsync<IActorRef>()).Path.Name);
        Assert.True((await ExpectMsgAsync<IActorRef>()).IsNobody());
    }

    [Fact]
    public async Task A_child_knows_its_parent()
    {
        var parent = Supervise();
        var child = await SpawnAsync(parent, FuncActor.Of((context, _) => context.Sender.Tell(context.Parent)));
        child.Tell("who", TestActor);
        await ExpectMsgAsync(parent);
    }

    [Fact]
    public async Task References_to_two_lives_of_one_path_are_not_equal()
    {
        var parent = Supervise();
        var first = await SpawnAsync(parent, FuncActor.Echo(), "name");
        await WatchNowAsync(first);
        Sys.Stop(first);
        await ExpectTerminatedAsync(first, Patience);

        var second = await SpawnAsync(parent, FuncActor.Echo(), "name");

        Assert.Equal(first.Path.ToString(), second.Path.ToString());
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_name_whose_creation_failed_is_free_again()
    {
        var parent = Supervise();
        await Assert.ThrowsAsync<Akka.Configuration.ConfigurationException>(
            () => SpawnAsync(parent, FuncActor.Echo().WithDispatcher("no-such-dispatcher"), "name"));
        Assert.Equal("name", (await SpawnAsync(parent, FuncActor.Echo(), "name")).Path.Name);
    }

    [Fact]
    public void A_path_parses_back_from_its_text()
    {
        var path = ActorPath.Parse("akka://some-system/user/parent/child");
        Assert.Equal("child", path.Name);
        Assert.Equal("some-system", path.Address.System);
        Assert.Equal("parent", path.Parent.Name);
        Assert.Equal("akka://some-system/user/parent/child", path.ToString());
    }

    [Fact]
    public void Paths_of_equal_text_are_equal()
    {
        var left = ActorPath.Parse("akka://some-system/user/a");
        var right = ActorPath.Parse("akka://some-system/user") / "a";
        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.NotEqual(left, left.Parent / "b");
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a-b_c.d*e+f", true)]
    [InlineData("with%20escape", true)]
    [InlineData("", false)]
    [InlineData("$a", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("a#b", false)]
    [InlineData("100%", false)]
    public void A_path_element_is_valid_by_its_characters(string element, bool valid) =>
        Assert.Equal(valid, ActorPath.IsValidPathElement(element));
}
