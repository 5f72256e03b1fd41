using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>"A throwing actor suspends itself and its children and tells its parent; suspend is a counter and must balance."</summary>
public sealed class FailureSpec : ContractSpec
{
    [Fact]
    public async Task A_failed_actor_handles_nothing_until_its_supervisor_has_decided()
    {
        var supervisor = Supervise(new OneForOneStrategy(_ =>
        {
            TestActor.Tell("decided");
            return Directive.Resume;
        }));
        var child = await SpawnAsync(supervisor, FuncActor.Of((context, message) =>
        {
            if (message is not "go")
            {
                TestActor.Tell(message);
                return;
            }

            context.Self.Tell("next");
            throw new ContractException("on purpose");
        }));

        child.Tell("go", ActorRefs.NoSender);

        await ExpectMsgAsync("decided");
        await ExpectMsgAsync("next");
    }

    [Fact]
    public async Task The_children_of_a_failed_actor_handle_nothing_until_it_is_resumed()
    {
        IActorRef? grandchild = null;
        var supervisor = Supervise(new OneForOneStrategy(_ =>
        {
            grandchild!.Tell("while suspended", TestActor);
            TestActor.Tell("decided");
            return Directive.Resume;
        }));
        var child = await SpawnAsync(supervisor, Props.Create(() => new Supervisor(null)));
        grandchild = await SpawnAsync(child, FuncActor.Report(TestActor));

        child.Tell(new ContractException("on purpose"), ActorRefs.NoSender);

        await ExpectMsgAsync("decided");
        await ExpectMsgAsync("while suspended");
    }

    [Fact]
    public async Task The_supervisor_learns_the_very_exception()
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        }));
        var child = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        var failure = new ContractException("on purpose");

        child.Tell(failure, ActorRefs.NoSender);

        Assert.Same(failure, await ExpectMsgAsync<ContractException>());
    }

    [Fact]
    public async Task Suspensions_balance_when_a_failure_is_escalated_and_resumed()
    {
        var grandparent = Supervise(new OneForOneStrategy(_ => Directive.Resume));
        var parent = await SpawnAsync(grandparent, Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Escalate))));
        var failing = await SpawnAsync(parent, FuncActor.Report(TestActor));
        var sibling = await SpawnAsync(parent, FuncActor.Report(TestActor));

        for (var round = 0; round < 3; round++)
        {
            failing.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
            failing.Tell($"failing {round}", TestActor);
            await ExpectMsgAsync($"failing {round}");
            sibling.Tell($"sibling {round}", TestActor);
            await ExpectMsgAsync($"sibling {round}");
            Assert.NotNull(await SpawnAsync(parent, FuncActor.Echo()));
        }
    }

    [Fact]
    public async Task Suspensions_balance_when_an_actor_and_its_parent_fail_together()
    {
        var grandparent = Supervise(new OneForOneStrategy(_ => Directive.Resume));
        var parent = await SpawnAsync(grandparent, Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Resume))));
        var child = await SpawnAsync(parent, FuncActor.Report(TestActor));

        for (var round = 0; round < 200; round++)
        {
            child.Tell(new ContractException("child"), ActorRefs.NoSender);
            parent.Tell(new ContractException("parent"), ActorRefs.NoSender);
        }

        child.Tell("alive", TestActor);
        await ExpectMsgAsync("alive");
        Assert.NotNull(await SpawnAsync(parent, FuncActor.Echo()));
    }

    [Fact]
    public async Task A_child_made_before_its_parent_failed_works_after_the_resume()
    {
        var grandparent = Supervise(new OneForOneStrategy(_ => Directive.Resume));
        var parent = await SpawnAsync(grandparent, FuncActor.Of((context, message) =>
        {
            var child = context.ActorOf(FuncActor.Report(TestActor));
            child.Tell(message, TestActor);
            throw new ContractException("on purpose");
        }));

        parent.Tell("work", ActorRefs.NoSender);

        await ExpectMsgAsync("work");
    }

    [Fact]
    public async Task Escalate_fails_the_parent_with_the_same_exception()
    {
        var grandparent = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Stop;
        }));
        var parent = await SpawnAsync(grandparent, Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Escalate))));
        var child = await SpawnAsync(parent, FuncActor.Report(TestActor));
        await WatchNowAsync(parent);
        var failure = new ContractException("on purpose");

        child.Tell(failure, ActorRefs.NoSender);

        Assert.Same(failure, await ExpectMsgAsync<ContractException>());
        await ExpectTerminatedAsync(parent, Patience);
    }

    [Fact]
    public async Task A_restart_of_the_parent_after_an_escalation_stops_the_child()
    {
        var grandparent = Supervise(new OneForOneStrategy(_ => Directive.Restart));
        var parent = await SpawnAsync(grandparent, Props.Create(() => new Supervisor(new OneForOneStrategy(_ => Directive.Escalate))));
        var child = await SpawnAsync(parent, FuncActor.Report(TestActor), "child");
        await WatchNowAsync(child);

        child.Tell(new ContractException("on purpose"), ActorRefs.NoSender);

        await ExpectTerminatedAsync(child, Patience);
        var successor = await SpawnAsync(parent, FuncActor.Echo(), "child");
        Assert.NotEqual(child, successor);
    }
}
