using Akka.Actor;
using Akka.Contract.Tests.Support;
using Akka.Event;
using Akka.TestKit;

namespace Akka.Contract.Tests.Scheduler;

/// <summary>"Timers belong to the actor: a restart or stop cancels them; a re-started timer of the same key drops queued ticks of the old one." In virtual time.</summary>
public sealed class TimersSpec : ContractSpec
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public TimersSpec() : base("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
    {
    }

    private TestScheduler Time => (TestScheduler)Sys.Scheduler;

    /// <summary>Runs what it is sent on its own turn, reports everything else.</summary>
    private sealed class Timed(IActorRef listener) : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Action<ITimerScheduler> action:
                    action(Timers);
                    break;
                case Exception failure:
                    throw failure;
                default:
                    listener.Forward(message);
                    break;
            }
        }
    }

    private IActorRef Make() => Sys.ActorOf(Props.Create(() => new Timed(TestActor)).WithDispatcher(Pinned));

    private static void Do(IActorRef actor, Action<ITimerScheduler> action) => actor.Tell(action, ActorRefs.NoSender);

    private static async Task DoAsync(IActorRef actor, Action<ITimerScheduler> action)
    {
        Do(actor, action);
        await FenceAsync(actor);
    }

    private async Task ExpectNothingFromAsync(IActorRef actor)
    {
        actor.Tell("fence", TestActor);
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Single_timer_fires_once_at_its_time()
    {
        var actor = Make();
        await DoAsync(actor, timers => timers.StartSingleTimer("key", "tick", Second));

        Time.Advance(Second - TimeSpan.FromMilliseconds(1));
        await ExpectNothingFromAsync(actor);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        await ExpectMsgAsync("tick");
        Time.Advance(Second);
        await ExpectNothingFromAsync(actor);
    }

    [Fact]
    public async Task Periodic_timer_fires_at_each_interval()
    {
        var actor = Make();
        await DoAsync(actor, timers => timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(3), Second));

        Time.Advance(TimeSpan.FromSeconds(2));
        await ExpectNothingFromAsync(actor);
        Time.Advance(Second);
        await ExpectMsgAsync("tick");
        Time.Advance(Second);
        await ExpectMsgAsync("tick");
        await DoAsync(actor, timers => timers.Cancel("key"));
        Time.Advance(Second);
        await ExpectNothingFromAsync(actor);
    }

    [Fact]
    public async Task Tick_has_the_sender_that_the_timer_was_given()
    {
        var sender = CreateTestProbe();
        var actor = Make();
        await DoAsync(actor, timers => timers.StartSingleTimer("key", "tick", Second, sender.Ref));

        Time.Advance(Second);
        await ExpectMsgFromAsync(sender.Ref, "tick");
    }

    [Fact]
    public async Task Active_timers_are_known_by_their_keys()
    {
        var actor = Make();
        var keys = new List<object>();
        var wasActive = false;
        await DoAsync(actor, timers =>
        {
            timers.StartSingleTimer("one", "tick", Second);
            timers.StartPeriodicTimer("two", "tock", Second);
            keys.AddRange(timers.ActiveTimers);
            wasActive = timers.IsTimerActive("one");
        });
        Assert.Equal(["one", "two"], keys.Order());
        Assert.True(wasActive);

        Time.Advance(Second);
        await ExpectInAnyOrderAsync("tick", "tock");
        var active = new List<bool>();
        await DoAsync(actor, timers =>
        {
            active.Add(timers.IsTimerActive("one"));
            active.Add(timers.IsTimerActive("two"));
            timers.CancelAll();
            active.Add(timers.IsTimerActive("two"));
        });
        Assert.Equal([false, true, false], active);
    }

    [Fact]
    public async Task Queued_tick_of_a_timer_that_is_started_anew_is_dropped()
    {
        var actor = Make();
        var gate = new Gate();
        await DoAsync(actor, timers => timers.StartPeriodicTimer("key", "old", Second));
        Do(actor, timers =>
        {
            gate.Pass();
            timers.StartSingleTimer("key", "new", Second);
        });
        Time.Advance(Second);
        gate.Open();

        await ExpectNothingFromAsync(actor);
        Time.Advance(Second);
        await ExpectMsgAsync("new");
        await ExpectNothingFromAsync(actor);
    }

    [Fact]
    public async Task Queued_tick_of_a_canceled_timer_is_dropped()
    {
        var actor = Make();
        var gate = new Gate();
        await DoAsync(actor, timers => timers.StartSingleTimer("key", "tick", Second));
        Do(actor, timers =>
        {
            gate.Pass();
            timers.Cancel("key");
        });
        Time.Advance(Second);
        gate.Open();

        await ExpectNothingFromAsync(actor);
    }

    [Fact]
    public async Task Restart_cancels_timers_and_drops_their_queued_ticks()
    {
        var actor = Make();
        var gate = new Gate();
        await DoAsync(actor, timers => timers.StartPeriodicTimer("key", "old", Second));
        Do(actor, _ =>
        {
            gate.Pass();
            throw new ContractException("on purpose");
        });
        Time.Advance(Second);
        gate.Open();
        await ExpectNothingFromAsync(actor);

        Time.Advance(Second);
        await ExpectNothingFromAsync(actor);
        await DoAsync(actor, timers => timers.StartSingleTimer("key", "new", Second));
        Time.Advance(Second);
        await ExpectMsgAsync("new");
    }

    [Fact]
    public async Task Stop_cancels_timers()
    {
        var deadLetters = Listen<DeadLetter>();
        var actor = Make();
        await DoAsync(actor, timers => timers.StartPeriodicTimer("key", "tick", Second));
        await WatchNowAsync(actor);
        Sys.Stop(actor);
        await ExpectTerminatedAsync(actor);

        Time.Advance(TimeSpan.FromSeconds(5));
        actor.Tell("fence", TestActor);
        await deadLetters.ExpectMsgAsync<DeadLetter>(letter => letter.Message is "fence");
    }
}
