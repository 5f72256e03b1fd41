using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>"Restart keeps mailbox, path and UID; the failing message is not retried." And what the default hooks do.</summary>
public sealed class RestartSpec : ContractSpec
{
    private static ContractException Failure => new("on purpose");

    private sealed class Counting : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            Sender.Tell(++_count);
        }
    }

    [Fact]
    public async Task Restart_makes_a_new_instance_with_the_same_reference()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Counting()));
        actor.Tell("count", TestActor);
        actor.Tell("count", TestActor);
        actor.Tell(Failure, TestActor);
        actor.Tell("count", TestActor);

        await ExpectMsgAsync(1);
        await ExpectMsgAsync(2);
        await ExpectMsgFromAsync(actor, 1);
    }

    [Fact]
    public async Task Restart_keeps_the_path_and_the_uid()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            if (message is Exception failure)
                throw failure;
            context.Sender.Tell(context.Self.Path.ToStringWithUid());
        }), "same");

        actor.Tell("path", TestActor);
        actor.Tell(Failure, TestActor);
        actor.Tell("path", TestActor);

        var before = await ExpectMsgAsync<string>();
        await ExpectMsgAsync(before);
        Assert.Equal(actor.Path.ToStringWithUid(), before);
    }

    [Fact]
    public async Task Restart_keeps_the_mailbox_and_does_not_retry_the_failing_message()
    {
        var handled = 0;
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            switch (message)
            {
                case "fill":
                    context.Self.Tell(Failure);
                    context.Self.Tell("first");
                    context.Self.Tell("second");
                    break;
                case Exception failure:
                    handled++;
                    throw failure;
                default:
                    TestActor.Tell($"{message} {handled}");
                    break;
            }
        }));

        actor.Tell("fill", ActorRefs.NoSender);

        await ExpectMsgAsync("first 1");
        await ExpectMsgAsync("second 1");
    }

    [Fact]
    public async Task The_hooks_run_in_order_and_learn_the_cause_and_the_message()
    {
        var actor = Sys.ActorOf(LifecycleActor.Of(TestActor), "a");
        actor.Tell(Failure, ActorRefs.NoSender);
        actor.Tell("work", ActorRefs.NoSender);

        await ExpectMsgAsync("a constructor");
        await ExpectMsgAsync("a preStart");
        await ExpectMsgAsync("a preRestart on purpose by on purpose");
        await ExpectMsgAsync("a postStop");
        await ExpectMsgAsync("a constructor");
        await ExpectMsgAsync("a postRestart on purpose");
        await ExpectMsgAsync("a preStart");
        await ExpectMsgAsync("a work");
    }

    [Fact]
    public async Task Default_PreRestart_stops_all_children_before_the_new_instance_starts()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor)), "parent");

        await ExpectMsgAsync("child preStart");
        parent.Tell(Failure, ActorRefs.NoSender);

        await ExpectMsgAsync("parent preRestart");
        await ExpectInAnyOrderAsync("parent postStop", "child postStop");
        await ExpectMsgAsync("child preStart");
    }

    [Fact]
    public async Task Default_PreRestart_unwatches_all_children()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor)), "parent");
        await ExpectMsgAsync("child preStart");

        parent.Tell(Failure, ActorRefs.NoSender);
        parent.Tell("still the only restart", TestActor);

        await ExpectMsgAsync("parent preRestart");
        await ExpectInAnyOrderAsync("parent postStop", "child postStop");
        await ExpectInAnyOrderAsync("child preStart", "still the only restart");
        TestActor.Tell("fence");
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Children_that_an_own_PreRestart_keeps_are_restarted_with_the_parent()
    {
        var parent = Sys.ActorOf(Props.Create(() => new KeepsItsChild(TestActor)), "parent");
        await ExpectMsgAsync("child constructor");
        await ExpectMsgAsync("child preStart");

        parent.Tell(Failure, ActorRefs.NoSender);

        await ExpectMsgAsync("child preRestart on purpose by nothing");
        await ExpectMsgAsync("child postStop");
        await ExpectMsgAsync("child constructor");
        await ExpectMsgAsync("child postRestart on purpose");
        await ExpectMsgAsync("child preStart");
        parent.Tell("pass on", ActorRefs.NoSender);
        await ExpectMsgAsync("child pass on");
    }

    [Fact]
    public async Task Restart_drops_what_the_actor_became()
    {
        var actor = Sys.ActorOf(FuncActor.Of((context, message) =>
        {
            switch (message)
            {
                case Exception failure:
                    throw failure;
                case "become":
                    context.Become(other =>
                    {
                        if (other is Exception failure)
                            throw failure;
                        context.Sender.Tell("other");
                        return true;
                    });
                    break;
                default:
                    context.Sender.Tell("first");
                    break;
            }
        }));

        actor.Tell("become", TestActor);
        actor.Tell("which", TestActor);
        actor.Tell(Failure, TestActor);
        actor.Tell("which", TestActor);

        await ExpectMsgAsync("other");
        await ExpectMsgAsync("first");
    }

    [Fact]
    public async Task A_failing_PreRestart_does_not_hinder_the_restart()
    {
        var actor = Sys.ActorOf(Props.Create(() => new FailsInPreRestart()));
        actor.Tell(Failure, TestActor);
        actor.Tell("work", TestActor);
        await ExpectMsgAsync("work");
    }

    private sealed class FailsInPreRestart : UntypedActor
    {
        protected override void PreRestart(Exception reason, object message) => throw new InvalidOperationException("again");

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            Sender.Tell(message);
        }
    }

    private sealed class Parent : UntypedActor
    {
        private readonly IActorRef _listener;

        public Parent(IActorRef listener) => _listener = listener;

        protected override void PreStart() => Context.Watch(Context.ActorOf(Props.Create(() => new Child(_listener)), "child"));

        protected override void PreRestart(Exception reason, object message)
        {
            _listener.Tell("parent preRestart");
            base.PreRestart(reason, message);
        }

        protected override void PostStop() => _listener.Tell("parent postStop");

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Exception failure:
                    throw failure;
                case string text:
                    _listener.Tell(text);
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
    }

    private sealed class Child : UntypedActor
    {
        private readonly IActorRef _listener;

        public Child(IActorRef listener) => _listener = listener;

        protected override void PreStart() => _listener.Tell("child preStart");

        protected override void PostStop() => _listener.Tell("child postStop");

        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class KeepsItsChild : UntypedActor
    {
        private readonly IActorRef _listener;

        public KeepsItsChild(IActorRef listener) => _listener = listener;

        protected override void PreStart() => Context.ActorOf(LifecycleActor.Of(_listener), "child");

        protected override void PreRestart(Exception reason, object message)
        {
            // Keeps the child: no call of the base.
        }

        protected override void PostRestart(Exception reason)
        {
            // Has its child already.
        }

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            Context.Child("child").Tell(message);
        }
    }
}
