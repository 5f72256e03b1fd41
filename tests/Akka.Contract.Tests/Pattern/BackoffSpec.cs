using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;
using Akka.Pattern;
using Akka.TestKit;

namespace Akka.Contract.Tests.Pattern;

/// <summary>Back-off supervisors: longer delays with each restart, what ends them, what resets them. In virtual time.</summary>
public sealed class BackoffSpec : ContractSpec
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    public BackoffSpec() : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    /// <summary>Stops at "stop" and "final stop", throws exceptions, tells its parent at "up", reports the rest.</summary>
    private Props Child => FuncActor.Of((context, message) =>
    {
        switch (message)
        {
            case "stop" or "final stop":
                context.Stop(context.Self);
                break;
            case Exception failure:
                throw failure;
            case "up":
                context.Parent.Tell("from below");
                break;
            default:
                TestActor.Forward(message);
                break;
        }
    });

    private BackoffOptions OnStop(int maxRetries = -1) => Backoff.OnStop(Child, "child", Second, 8 * Second, 0.0, maxRetries);

    private BackoffOptions OnFailure(int maxRetries = -1) => Backoff.OnFailure(Child, "child", Second, 8 * Second, 0.0, maxRetries);

    private IActorRef Make(BackoffOptions options) => Sys.ActorOf(BackoffSupervisor.Props(options));

    private static async Task<IActorRef?> ChildOfAsync(IActorRef supervisor) =>
        (await supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance, Patience)).Ref;

    private static async Task<int> RestartsOfAsync(IActorRef supervisor) =>
        (await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, Patience)).Count;

    /// <summary>Ends when the child is gone and its restart scheduled.</summary>
    private async Task LoseChildAsync(IActorRef supervisor, object how)
    {
        supervisor.Tell(how, ActorRefs.NoSender);
        await AwaitConditionAsync(async () => await ChildOfAsync(supervisor) is null);
    }

    private async Task ExpectRestartAfterAsync(IActorRef supervisor, TimeSpan delay)
    {
        Time.Advance(delay - Instant);
        Assert.Null(await ChildOfAsync(supervisor));
        Time.Advance(Instant);
        Assert.NotNull(await ChildOfAsync(supervisor));
    }

    [Fact]
    public async Task Delay_doubles_with_each_restart_up_to_the_maximum()
    {
        var supervisor = Make(OnStop().WithManualReset());
        foreach (var seconds in new[] { 1, 2, 4, 8, 8 })
        {
            await LoseChildAsync(supervisor, "stop");
            await ExpectRestartAfterAsync(supervisor, seconds * Second);
        }
        Assert.Equal(5, await RestartsOfAsync(supervisor));
    }

    [Fact]
    public async Task Random_factor_only_adds_to_the_delay()
    {
        var supervisor = Make(Backoff.OnStop(Child, "child", Second, 8 * Second, 0.5, -1));
        await LoseChildAsync(supervisor, "stop");
        Time.Advance(Second - Instant);
        Assert.Null(await ChildOfAsync(supervisor));
        Time.Advance(Second / 2 + Instant);
        Assert.NotNull(await ChildOfAsync(supervisor));
    }

    [Fact]
    public async Task Failing_child_waits_before_its_restart()
    {
        var supervisor = Make(OnFailure().WithManualReset());
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            await LoseChildAsync(supervisor, new ContractException("on purpose"));
            await ExpectRestartAfterAsync(supervisor, seconds * Second);
        }
    }

    [Fact]
    public async Task Child_that_stops_by_itself_takes_the_on_failure_supervisor_along()
    {
        var supervisor = Make(OnFailure());
        await WatchNowAsync(supervisor);
        supervisor.Tell("stop", ActorRefs.NoSender);
        await ExpectTerminatedAsync(supervisor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Supervisor_stops_when_the_retries_are_used_up(bool onFailure)
    {
        object how = onFailure ? new ContractException("on purpose") : "stop";
        var supervisor = Make((onFailure ? OnFailure(2) : OnStop(2)).WithManualReset());
        await WatchNowAsync(supervisor);
        foreach (var seconds in new[] { 1, 2 })
        {
            await LoseChildAsync(supervisor, how);
            await ExpectRestartAfterAsync(supervisor, seconds * Second);
        }

        supervisor.Tell(how, ActorRefs.NoSender);
        await ExpectTerminatedAsync(supervisor);
    }

    [Fact]
    public async Task Manual_reset_starts_the_delays_anew()
    {
        var supervisor = Make(OnStop().WithManualReset());
        await LoseChildAsync(supervisor, "stop");
        await ExpectRestartAfterAsync(supervisor, Second);
        supervisor.Tell(BackoffSupervisor.Reset.Instance, ActorRefs.NoSender);

        Assert.Equal(0, await RestartsOfAsync(supervisor));
        await LoseChildAsync(supervisor, "stop");
        await ExpectRestartAfterAsync(supervisor, Second);
    }

    [Fact]
    public async Task Auto_reset_starts_the_delays_anew_when_the_child_lives_long_enough()
    {
        var supervisor = Make(OnStop().WithAutoReset(5 * Second));
        await LoseChildAsync(supervisor, "stop");
        await ExpectRestartAfterAsync(supervisor, Second);
        Time.Advance(5 * Second - Instant);
        Assert.Equal(1, await RestartsOfAsync(supervisor));
        Time.Advance(Instant);
        Assert.Equal(0, await RestartsOfAsync(supervisor));
    }

    [Fact]
    public async Task Messages_pass_through_in_both_directions()
    {
        var parent = Sys.ActorOf(Props.Create(() => new Parent(TestActor, BackoffSupervisor.Props(OnStop()))));
        parent.Tell("down", TestActor);
        await ExpectMsgFromAsync(TestActor, "down");
        parent.Tell("up", TestActor);
        await ExpectMsgAsync("parent got from below");
    }

    private sealed class Parent : UntypedActor
    {
        private readonly IActorRef _listener;
        private readonly IActorRef _supervisor;

        public Parent(IActorRef listener, Props supervisor)
        {
            _listener = listener;
            _supervisor = Context.ActorOf(supervisor);
        }

        protected override void OnReceive(object message)
        {
            if (Sender.Equals(_supervisor)) _listener.Tell($"parent got {message}");
            else _supervisor.Forward(message);
        }
    }

    [Fact]
    public async Task Messages_for_a_child_that_is_gone_are_answered_or_dead_letters()
    {
        var deadLetters = Listen<DeadLetter>();
        var silent = Make(OnStop());
        await LoseChildAsync(silent, "stop");
        silent.Tell("lost", TestActor);
        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => letter.Message is "lost");

        var polite = Make(OnStop().WithReplyWhileStopped("not now"));
        await LoseChildAsync(polite, "stop");
        polite.Tell("request", TestActor);
        await ExpectMsgAsync("not now");
    }

    [Fact]
    public async Task Final_stop_message_stops_the_supervisor_with_its_child()
    {
        var supervisor = Make(OnStop().WithFinalStopMessage(message => message is "final stop"));
        await WatchNowAsync(supervisor);
        supervisor.Tell("final stop", ActorRefs.NoSender);
        await ExpectTerminatedAsync(supervisor);
    }

    [Fact]
    public async Task Strategy_may_resume_instead()
    {
        var supervisor = Make(OnFailure().WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        var child = await ChildOfAsync(supervisor);
        supervisor.Tell(new ContractException("on purpose"), ActorRefs.NoSender);
        supervisor.Tell("alive", TestActor);

        await ExpectMsgAsync("alive");
        Assert.Equal(child, await ChildOfAsync(supervisor));
        Assert.Equal(0, await RestartsOfAsync(supervisor));
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BackoffSupervisor.Props(Backoff.OnStop(Child, "child", TimeSpan.Zero, Second, 0.0, -1)));
        Assert.Throws<ArgumentException>(() => BackoffSupervisor.Props(Backoff.OnStop(Child, "child", 2 * Second, Second, 0.0, -1)));
        Assert.Throws<ArgumentException>(() => BackoffSupervisor.Props(Backoff.OnStop(Child, "child", Second, Second, 1.5, -1)));
    }
}
