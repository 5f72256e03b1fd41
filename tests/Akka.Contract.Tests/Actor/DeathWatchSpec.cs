using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;

namespace Akka.Contract.Tests.Actor;

/// <summary>"Watching a dead reference still yields Terminated. Unwatch also cancels a Terminated already queued." And the rest.</summary>
public sealed class DeathWatchSpec : ContractSpec
{
    private sealed record WatchIt(IActorRef Subject);

    private sealed record UnwatchIt(IActorRef Subject);

    private sealed record WatchItWith(IActorRef Subject, object Message);

    /// <summary>A Terminated for the listener to see: told as it is, it would mean nothing to an actor that does not watch.</summary>
    private sealed record Seen(Terminated Terminated);

    /// <summary>Watches and unwatches on demand, tells the rest to the listener.</summary>
    private static Props Watcher(IActorRef listener) => FuncActor.Of((context, message) =>
    {
        switch (message)
        {
            case WatchIt watch:
                context.Watch(watch.Subject);
                break;
            case UnwatchIt unwatch:
                context.Unwatch(unwatch.Subject);
                break;
            case WatchItWith watch:
                context.WatchWith(watch.Subject, watch.Message);
                break;
            case Terminated terminated:
                listener.Tell(new Seen(terminated));
                break;
            default:
                listener.Tell(message);
                break;
        }
    });

    private async Task<Terminated> ExpectSeenAsync(IActorRef subject)
    {
        var seen = (await ExpectMsgAsync<Seen>()).Terminated;
        Assert.Equal(subject, seen.ActorRef);
        return seen;
    }

    private async Task<IActorRef> DeadActorAsync()
    {
        var actor = Sys.ActorOf(FuncActor.Echo());
        Assert.True(await actor.GracefulStop(Patience));
        return actor;
    }

    [Fact]
    public async Task A_watcher_gets_Terminated_when_the_watched_actor_stops()
    {
        var subject = Sys.ActorOf(FuncActor.Echo());
        var watcher = Sys.ActorOf(Watcher(TestActor));
        watcher.Tell(new WatchIt(subject), ActorRefs.NoSender);
        await FenceAsync(watcher);

        Sys.Stop(subject);

        var terminated = await ExpectSeenAsync(subject);
        Assert.True(terminated.ExistenceConfirmed);
        Assert.False(terminated.AddressTerminated);
    }

    [Fact]
    public async Task Every_watcher_gets_Terminated_once()
    {
        var subject = Sys.ActorOf(FuncActor.Echo());
        var watchers = Enumerable.Range(0, 10).Select(_ => Sys.ActorOf(Watcher(TestActor))).ToArray();
        foreach (var watcher in watchers)
        {
            watcher.Tell(new WatchIt(subject), ActorRefs.NoSender);
            watcher.Tell(new WatchIt(subject), ActorRefs.NoSender);
            await FenceAsync(watcher);
        }

        Sys.Stop(subject);

        for (var count = 0; count < watchers.Length; count++)
            await ExpectSeenAsync(subject);
        foreach (var watcher in watchers)
        {
            watcher.Tell("fence", ActorRefs.NoSender);
            await ExpectMsgAsync("fence");
        }
    }

    [Fact]
    public async Task Watching_a_dead_reference_still_yields_Terminated()
    {
        var dead = await DeadActorAsync();
        var watcher = Sys.ActorOf(Watcher(TestActor));

        watcher.Tell(new WatchIt(dead), ActorRefs.NoSender);

        await ExpectSeenAsync(dead);
    }

    [Fact]
    public async Task Watching_a_path_that_never_lived_yields_Terminated_without_confirmed_existence()
    {
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(Sys.ActorOf(FuncActor.Echo()).Path.Root / "user" / "never-lived");
        var watcher = Sys.ActorOf(Watcher(TestActor));

        watcher.Tell(new WatchIt(nobody), ActorRefs.NoSender);

        var terminated = (await ExpectMsgAsync<Seen>()).Terminated;
        Assert.Equal(nobody.Path, terminated.ActorRef.Path);
        Assert.False(terminated.ExistenceConfirmed);
    }

    [Fact]
    public async Task Unwatch_ends_the_watch()
    {
        var subject = Sys.ActorOf(FuncActor.Echo());
        var watcher = Sys.ActorOf(Watcher(TestActor));
        watcher.Tell(new WatchIt(subject), ActorRefs.NoSender);
        watcher.Tell(new UnwatchIt(subject), ActorRefs.NoSender);
        await FenceAsync(watcher);

        Assert.True(await subject.GracefulStop(Patience));

        watcher.Tell("fence", ActorRefs.NoSender);
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Unwatch_also_cancels_a_Terminated_that_is_already_queued()
    {
        var gate = new Gate();
        IActorRef? subject = null;
        var parent = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            switch (message)
            {
                case "start":
                    subject = context.Watch(context.ActorOf(FuncActor.Echo()));
                    TestActor.Tell("started");
                    break;
                case "hold":
                    gate.Pass();
                    break;
                case "unwatch":
                    context.Unwatch(subject!);
                    break;
                default:
                    TestActor.Tell(message);
                    break;
            }
        }).WithDispatcher(Pinned));
        parent.Tell("start", ActorRefs.NoSender);
        await ExpectMsgAsync("started");
        await WatchNowAsync(subject!);
        parent.Tell("hold", ActorRefs.NoSender);
        parent.Tell("unwatch", ActorRefs.NoSender);
        Sys.Stop(subject!);
        // A parent is told before the other watchers, so its notice has come when ours has.
        await ExpectTerminatedAsync(subject!, Patience);

        gate.Open();
        parent.Tell("fence", ActorRefs.NoSender);

        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Watching_oneself_does_nothing()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            context.Watch(context.Self);
            context.Unwatch(context.Self);
            context.Watch(context.Self);
            TestActor.Tell(message);
        }));

        actor.Tell("alive", ActorRefs.NoSender);
        actor.Tell("still alive", ActorRefs.NoSender);

        await ExpectMsgAsync("alive");
        await ExpectMsgAsync("still alive");
        Assert.True(await actor.GracefulStop(Patience));
    }

    [Fact]
    public async Task An_unhandled_Terminated_throws_DeathPactException()
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        }));
        var subject = Sys.ActorOf(FuncActor.Echo());
        var watcher = await SpawnAsync(supervisor, FuncActor.Partial((context, message) =>
        {
            if (message is Terminated)
                return false;
            context.Watch(subject);
            return true;
        }));
        watcher.Tell("watch", ActorRefs.NoSender);
        await FenceAsync(watcher);

        Sys.Stop(subject);

        Assert.Equal(subject, (await ExpectMsgAsync<DeathPactException>()).DeadActor);
    }

    [Fact]
    public async Task The_message_of_WatchWith_comes_instead_of_Terminated()
    {
        var subject = Sys.ActorOf(FuncActor.Echo());
        var watcher = Sys.ActorOf(Watcher(TestActor));
        watcher.Tell(new WatchItWith(subject, "gone"), ActorRefs.NoSender);
        await FenceAsync(watcher);

        Sys.Stop(subject);

        await ExpectMsgAsync("gone");
        watcher.Tell("fence", ActorRefs.NoSender);
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task WatchWith_of_a_dead_reference_yields_its_message()
    {
        var dead = await DeadActorAsync();
        var watcher = Sys.ActorOf(Watcher(TestActor));
        watcher.Tell(new WatchItWith(dead, "gone"), ActorRefs.NoSender);
        await ExpectMsgAsync("gone");
    }

    [Fact]
    public async Task A_watch_outlives_the_restart_of_the_watched_actor()
    {
        var subject = Sys.ActorOf(FuncActor.Report(TestActor));
        var watcher = Sys.ActorOf(Watcher(TestActor));
        watcher.Tell(new WatchIt(subject), ActorRefs.NoSender);
        await FenceAsync(watcher);
        subject.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
        subject.Tell("restarted", TestActor);
        await ExpectMsgAsync("restarted");

        Sys.Stop(subject);

        await ExpectSeenAsync(subject);
    }

    [Fact]
    public async Task A_name_can_be_used_again_only_after_Terminated()
    {
        var parent = Supervise();
        var gate = new Gate();
        var child = await SpawnAsync(parent, FuncActor.Of((_, message) =>
        {
            TestActor.Tell(message);
            gate.Pass();
        }).WithDispatcher(Pinned), "name");
        await WatchNowAsync(child);
        child.Tell("hold", ActorRefs.NoSender);
        await ExpectMsgAsync("hold"); // the stop overtakes what lies in the mailbox
        parent.Tell(new StopChild(child), ActorRefs.NoSender);
        await Assert.ThrowsAsync<InvalidActorNameException>(() => SpawnAsync(parent, FuncActor.Echo(), "name"));

        gate.Open();
        await ExpectTerminatedAsync(child, Patience);

        var successor = await SpawnAsync(parent, FuncActor.Echo(), "name");
        Assert.Equal(child.Path.ToString(), successor.Path.ToString());
        Assert.NotEqual(child, successor);
    }

    [Fact]
    public async Task A_stopping_watcher_gets_no_Terminated_as_a_dead_letter()
    {
        var deadLetters = Listen<DeadLetter>();
        var watcher = Sys.ActorOf(FuncActor.Of((context, _) =>
        {
            context.Watch(context.ActorOf(FuncActor.Echo()));
            context.Stop(context.Self);
        }));
        await WatchNowAsync(watcher);
        watcher.Tell("go", ActorRefs.NoSender);
        await ExpectTerminatedAsync(watcher, Patience);

        Sys.DeadLetters.Tell("fence", ActorRefs.NoSender);

        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => "fence".Equals(letter.Message));
    }
}
