using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Dispatch;

namespace Akka.Contract.Tests.Actor;

/// <summary>"While an asynchronous handler awaits, the mailbox is suspended for user messages; its continuation comes back as a system message."</summary>
public sealed class ReceiveAsyncSpec : ContractSpec
{
    private sealed class Awaiting : ReceiveActor
    {
        public Awaiting(Task released, IActorRef listener)
        {
            ReceiveAsync<string>(text => text == "wait", async _ =>
            {
                listener.Tell("waiting");
                await released;
                listener.Tell("released");
            });
            Receive<string>(text => listener.Tell(text));
        }
    }

    private sealed class Contextual : ReceiveActor
    {
        public Contextual(IActorRef listener)
        {
            ReceiveAsync<string>(async text =>
            {
                var sender = Sender;
                await Task.Yield();
                listener.Tell(Equals(sender, Sender) && Context.Self.Equals(Self) ? text : "lost the context");
                await Task.Yield();
                Sender.Tell("done");
            });
        }
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing(bool afterAwait)
        {
            ReceiveAsync<Exception>(async failure =>
            {
                if (afterAwait)
                    await Task.Yield();
                throw failure;
            });
            Receive<string>(text => Sender.Tell(text));
        }
    }

    private sealed class Running : UntypedActor
    {
        protected override void OnReceive(object message) => RunTask(async () =>
        {
            await Task.Yield();
            Sender.Tell(message);
        });
    }

    [Fact]
    public async Task While_a_handler_awaits_no_other_user_message_is_handled()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(release.Task, TestActor)));

        actor.Tell("wait", ActorRefs.NoSender);
        actor.Tell("next", ActorRefs.NoSender);
        await ExpectMsgAsync("waiting");
        release.SetResult();

        await ExpectMsgAsync("released");
        await ExpectMsgAsync("next");
    }

    [Fact]
    public async Task While_a_handler_awaits_system_messages_are_handled()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Awaiting(release.Task, TestActor)));
        actor.Tell("wait", ActorRefs.NoSender);
        await ExpectMsgAsync("waiting");
        await WatchNowAsync(actor);

        Sys.Stop(actor);

        await ExpectTerminatedAsync(actor, Patience);
        release.SetResult();
    }

    [Fact]
    public async Task After_an_await_the_handler_is_back_in_its_actor()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Contextual(TestActor)));
        var asker = CreateTestProbe();

        for (var round = 0; round < 100; round++)
        {
            actor.Tell($"round {round}", asker.Ref);
            await ExpectMsgAsync($"round {round}");
            await asker.ExpectMsgAsync("done");
        }
    }

    [Fact]
    public async Task Order_holds_over_awaits()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Running()));
        for (var number = 0; number < 500; number++)
            actor.Tell(number, TestActor);
        for (var number = 0; number < 500; number++)
            await ExpectMsgAsync(number);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failing_asynchronous_handler_fails_its_actor(bool afterAwait)
    {
        var supervisor = Supervise(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Restart;
        }));
        var actor = await SpawnAsync(supervisor, Props.Create(() => new Failing(afterAwait)));

        actor.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
        actor.Tell("restarted", TestActor);

        Assert.Equal("on purpose", (await ExpectMsgAsync<ContractException>()).Message);
        await ExpectMsgAsync("restarted");
    }

    [Fact]
    public async Task An_awaiting_child_goes_on_after_its_parent_failed_and_was_resumed()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var grandparent = Supervise(new OneForOneStrategy(_ => Directive.Resume));
        var parent = await SpawnAsync(grandparent, Props.Create(() => new Supervisor(null)));
        var child = await SpawnAsync(parent, Props.Create(() => new Awaiting(release.Task, TestActor)));
        child.Tell("wait", ActorRefs.NoSender);
        child.Tell("next", ActorRefs.NoSender);
        await ExpectMsgAsync("waiting");

        parent.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
        Assert.NotNull(await SpawnAsync(parent, FuncActor.Echo()));
        release.SetResult();

        await ExpectMsgAsync("released");
        await ExpectMsgAsync("next");
    }

    [Fact]
    public async Task An_awaiting_child_that_is_restarted_with_its_siblings_handles_messages_again()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var supervisor = Supervise(new AllForOneStrategy(_ => Directive.Restart));
        var awaiting = await SpawnAsync(supervisor, Props.Create(() => new Awaiting(release.Task, TestActor)));
        var failing = await SpawnAsync(supervisor, FuncActor.Report(TestActor));
        awaiting.Tell("wait", ActorRefs.NoSender);
        await ExpectMsgAsync("waiting");

        failing.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
        failing.Tell("restarted", TestActor);
        await ExpectMsgAsync("restarted");
        await FenceAsync(supervisor);
        awaiting.Tell("next", ActorRefs.NoSender);
        release.SetResult();

        await FishForMessageAsync<string>(text => text == "next");
    }

    [Fact]
    public async Task ActorTaskScheduler_RunTask_suspends_the_actor_as_ReceiveAsync_does()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(FuncActor.Of((_, message) =>
        {
            if (message is not "wait")
            {
                TestActor.Tell(message);
                return;
            }

            ActorTaskScheduler.RunTask(async () =>
            {
                TestActor.Tell("waiting");
                await release.Task;
                TestActor.Tell("released");
            });
        }));

        actor.Tell("wait", ActorRefs.NoSender);
        actor.Tell("next", ActorRefs.NoSender);
        await ExpectMsgAsync("waiting");
        release.SetResult();

        await ExpectMsgAsync("released");
        await ExpectMsgAsync("next");
    }
}
