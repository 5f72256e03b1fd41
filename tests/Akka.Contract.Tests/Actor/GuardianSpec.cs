using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Actor;

/// <summary>The guardian of /user supervises the top-level actors, by the strategy that is configured.</summary>
public sealed class GuardianSpec : ContractSpec
{
    /// <summary>Escalates: the guardian itself fails then.</summary>
    public sealed class EscalatingGuardian : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }

    [Fact]
    public async Task By_default_the_guardian_restarts_a_failing_top_level_actor()
    {
        var actor = Sys.ActorOf(LifecycleActor.Of(TestActor), "a");
        actor.Tell(new ContractException("on purpose"), ActorRefs.NoSender);

        await ExpectMsgAsync("a constructor");
        await ExpectMsgAsync("a preStart");
        await ExpectMsgAsync("a preRestart on purpose by on purpose");
    }

    [Fact]
    public async Task The_guardian_restarts_a_top_level_actor_that_escalates_and_that_stops_the_child()
    {
        var top = Supervise(new OneForOneStrategy(_ => Directive.Escalate));
        var child = await SpawnAsync(top, FuncActor.Report(TestActor));
        await WatchNowAsync(child);

        child.Tell(new ContractException("on purpose"), ActorRefs.NoSender);

        await ExpectTerminatedAsync(child, Patience);
        Assert.NotNull(await SpawnAsync(top, FuncActor.Echo()));
    }

    [Fact]
    public async Task A_stopping_guardian_stops_a_failing_top_level_actor()
    {
        using var system = ActorSystem.Create("stopping", Quiet("akka.actor.guardian-supervisor-strategy = \"Akka.Actor.StoppingSupervisorStrategy\""));
        var stopped = new TaskCompletionSource<Terminated>(TaskCreationOptions.RunContinuationsAsynchronously);
        var failing = system.ActorOf(FuncActor.Report(ActorRefs.Nobody));
        system.ActorOf(FuncActor.Of((context, message) =>
        {
            if (message is Terminated terminated)
                stopped.SetResult(terminated);
            else
                context.Watch(failing);
        })).Tell("watch", ActorRefs.NoSender);

        failing.Tell(new ContractException("on purpose"), ActorRefs.NoSender);

        Assert.Equal(failing, (await stopped.Task.WaitAsync(Patience)).ActorRef);
        await system.Terminate().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_failing_guardian_ends_the_system()
    {
        using var system = ActorSystem.Create("escalating", Quiet($"akka.actor.guardian-supervisor-strategy = \"{typeof(EscalatingGuardian).AssemblyQualifiedName}\""));
        var failing = system.ActorOf(FuncActor.Report(ActorRefs.Nobody));

        failing.Tell(new ContractException("on purpose"), ActorRefs.NoSender);

        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task Terminate_stops_every_actor_and_then_completes()
    {
        var system = ActorSystem.Create("ending", Quiet(""));
        var stopped = 0;
        for (var count = 0; count < 10; count++)
            await FenceAsync(system.ActorOf(Props.Create(() => new CountsItsStop(() => Interlocked.Increment(ref stopped)))));

        await system.Terminate().WaitAsync(Patience);

        Assert.Equal(10, stopped);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_stopped_guardian_ends_the_system()
    {
        using var system = ActorSystem.Create("stopped", Quiet(""));
        system.ActorOf(FuncActor.Echo());

        ((ExtendedActorSystem)system).Guardian.Tell(PoisonPill.Instance, ActorRefs.NoSender);

        await system.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_actor_cannot_be_made_in_a_system_that_has_ended()
    {
        var system = ActorSystem.Create("ended", Quiet(""));
        await system.Terminate().WaitAsync(Patience);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(FuncActor.Echo()));
    }

    private static Config Quiet(string config) => ConfigurationFactory.ParseString($"""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        {config}
        """);

    private sealed class CountsItsStop : UntypedActor
    {
        private readonly Action _stopped;

        public CountsItsStop(Action stopped) => _stopped = stopped;

        protected override void PostStop() => _stopped();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
