using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>Selections by path: absolute, relative, with wildcards; Identify and ResolveOne.</summary>
public sealed class SelectionSpec : ContractSpec
{
    private async Task<IActorRef> FamilyAsync(params string[] children)
    {
        var parent = Supervise(name: "family");
        foreach (var child in children)
            await SpawnAsync(parent, FuncActor.Of((context, message) => context.Sender.Tell($"{context.Self.Path.Name} {message}")), child);
        return parent;
    }

    [Fact]
    public async Task A_selection_by_absolute_path_reaches_the_actor()
    {
        await FamilyAsync("one");
        Sys.ActorSelection("/user/family/one").Tell("hi", TestActor);
        await ExpectMsgAsync("one hi");
        Sys.ActorSelection($"akka://{Sys.Name}/user/family/one").Tell("hi", TestActor);
        await ExpectMsgAsync("one hi");
    }

    [Fact]
    public async Task A_selection_follows_the_actor_of_that_path_whoever_it_is_now()
    {
        var parent = await FamilyAsync();
        var selection = Sys.ActorSelection("/user/family/later");
        await SpawnAsync(parent, FuncActor.Echo(), "later");
        selection.Tell("hi", TestActor);
        await ExpectMsgAsync("hi");
    }

    [Fact]
    public async Task A_selection_may_go_up_and_down()
    {
        var parent = await FamilyAsync("one");
        var asking = await SpawnAsync(parent, FuncActor.Of((context, message) => context.ActorSelection((string)message).Tell("hi", context.Sender)), "two");
        asking.Tell("../one", TestActor);
        await ExpectMsgAsync("one hi");
    }

    [Fact]
    public async Task A_wildcard_reaches_every_child_that_fits()
    {
        await FamilyAsync("worker-1", "worker-2", "boss");
        Sys.ActorSelection("/user/family/*").Tell("hi", TestActor);
        await ExpectInAnyOrderAsync("worker-1 hi", "worker-2 hi", "boss hi");
        Sys.ActorSelection("/user/family/worker-*").Tell("hi", TestActor);
        await ExpectInAnyOrderAsync("worker-1 hi", "worker-2 hi");
        Sys.ActorSelection("/user/family/worker-?").Tell("hi", TestActor);
        await ExpectInAnyOrderAsync("worker-1 hi", "worker-2 hi");
    }

    [Fact]
    public async Task A_wildcard_that_fits_none_is_a_dead_letter()
    {
        await FamilyAsync("one");
        var deadLetters = Listen<Akka.Event.DeadLetter>();
        Sys.ActorSelection("/user/family/none-*").Tell("hi", TestActor);
        await deadLetters.ExpectMsgAsync<Akka.Event.DeadLetter>(letter => "hi".Equals(letter.Message));
    }

    [Fact]
    public async Task Identify_is_answered_by_the_actor_itself()
    {
        var actor = Sys.ActorOf(FuncActor.Of((_, _) => throw new InvalidOperationException("never asked")));
        actor.Tell(new Identify("id"), TestActor);
        var identity = await ExpectMsgAsync<ActorIdentity>();
        Assert.Equal("id", identity.MessageId);
        Assert.Equal(actor, identity.Subject);
    }

    [Fact]
    public async Task Identify_to_nobody_is_answered_without_a_subject()
    {
        Sys.ActorSelection("/user/nobody-of-that-name").Tell(new Identify("id"), TestActor);
        var identity = await ExpectMsgAsync<ActorIdentity>();
        Assert.Equal("id", identity.MessageId);
        Assert.Null(identity.Subject);
    }

    [Fact]
    public async Task ResolveOne_yields_the_reference()
    {
        var actor = Sys.ActorOf(FuncActor.Echo(), "found");
        Assert.Equal(actor, await Sys.ActorSelection("/user/found").ResolveOne(Patience));
    }

    [Fact]
    public async Task ResolveOne_of_nobody_fails_with_ActorNotFoundException() =>
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody-of-that-name").ResolveOne(Patience));

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        await FamilyAsync("one");
        Assert.Equal("one hi", await Sys.ActorSelection("/user/family/one").Ask<string>("hi", Patience));
    }
}
