using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Akka.Contract.Tests.TestKitSpecs;

public sealed class TestSchedulerTests() : Akka.TestKit.Xunit2.TestKit(TestConfigs.TestSchedulerConfig)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void ScheduleTellOnce_BeforeItIsDue_NothingComes()
    {
        Scheduler.ScheduleTellOnce(2 * Second, TestActor, "due", ActorRefs.NoSender);

        Scheduler.Advance(1.9 * Second);
        ExpectNoMsg(TimeSpan.Zero);

        Scheduler.Advance(0.1 * Second);
        ExpectMsg("due");
    }

    [Fact]
    public void Advance_OverSeveral_RunsThemInTheOrderOfTheirInstants()
    {
        foreach (var delay in (int[])[3, 1, 2]) Scheduler.ScheduleTellOnce(delay * Second, TestActor, delay, ActorRefs.NoSender);

        Scheduler.Advance(3 * Second);

        Assert.Equal([1, 2, 3], ReceiveN(3).Cast<int>());
    }

    [Fact]
    public void Advance_SameInstant_RunsInTheOrderOfScheduling()
    {
        for (var i = 1; i <= 3; i++) Scheduler.ScheduleTellOnce(Second, TestActor, i, ActorRefs.NoSender);

        Scheduler.Advance(Second);

        Assert.Equal([1, 2, 3], ReceiveN(3).Cast<int>());
    }

    [Fact]
    public void ScheduleTellRepeatedly_EachAdvance_RunsOnce()
    {
        Scheduler.ScheduleTellRepeatedly(Second, 2 * Second, TestActor, "tick", ActorRefs.NoSender);

        Scheduler.Advance(Second);
        ExpectMsg("tick");

        Scheduler.Advance(Second);
        ExpectNoMsg(TimeSpan.Zero);

        Scheduler.Advance(Second);
        ExpectMsg("tick");

        Scheduler.Advance(20 * Second);
        ExpectMsg("tick");
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void ScheduledAction_SchedulesMore_RunsInALaterAdvance()
    {
        Scheduler.Advanced.ScheduleOnce(Second, () =>
        {
            TestActor.Tell("first");
            Scheduler.ScheduleTellOnce(Second, TestActor, "second", ActorRefs.NoSender);
        });

        Scheduler.Advance(5 * Second);
        ExpectMsg("first");
        ExpectNoMsg(TimeSpan.Zero);

        Scheduler.Advance(Second);
        ExpectMsg("second");
    }

    [Fact]
    public void Cancel_BeforeItIsDue_NothingComes()
    {
        var cancelable = new Cancelable(Scheduler.Advanced);
        Scheduler.ScheduleTellOnce(Second, TestActor, "once", ActorRefs.NoSender, cancelable);
        Scheduler.ScheduleTellRepeatedly(Second, Second, TestActor, "tick", ActorRefs.NoSender, cancelable);

        cancelable.Cancel();
        Scheduler.Advance(5 * Second);

        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void AdvanceTo_MovesTimeForwardOnly()
    {
        var start = Scheduler.Now;
        Scheduler.ScheduleTellOnce(Second, TestActor, "due", ActorRefs.NoSender);

        Scheduler.AdvanceTo(start + Second);

        ExpectMsg("due");
        Assert.Equal(start + Second, Scheduler.Now);
        Assert.Throws<InvalidOperationException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void ActorsTimer_IsDrivenByTheTest()
    {
        var actor = ActorOfAsTestActorRef<Ticking>(Props.Create(() => new Ticking(TestActor)));
        ExpectMsg("started");

        Scheduler.Advance(Second);
        ExpectMsg("tick");

        Sys.Stop(actor.Ref);
    }

    private sealed class Ticking : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _target;

        public Ticking(IActorRef target)
        {
            _target = target;
            Receive<string>(message => target.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Timers.StartPeriodicTimer("key", "tick", Second);
            _target.Tell("started");
        }
    }
}
