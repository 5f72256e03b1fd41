using Akka.Actor;

namespace Dispatcher.TestKit.Tests.Time;

public sealed class VirtualSchedulerTests : DispatcherTestKit
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void System_OfTheKit_HasVirtualTime()
    {
        Assert.Same(Time, VirtualScheduler.TimeOf(Sys));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(1), Sys.Scheduler.MonotonicClock);
        Assert.Equal(TimeSpan.FromHours(1), Sys.Scheduler.HighResMonotonicClock);
        Assert.Equal(Time.GetUtcNow(), Sys.Scheduler.Now);
    }

    [Fact]
    public void TellOnce_ComesAtItsInstant()
    {
        Sys.Scheduler.ScheduleTellOnce(2 * s_second, TestActor, "hello", ActorRefs.NoSender);

        Time.Advance(TimeSpan.FromSeconds(1.9));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Time.Advance(TimeSpan.FromSeconds(0.1));

        ExpectMsg("hello");
    }

    [Fact]
    public void TellRepeatedly_OneAdvance_ComesOnceForEachPeriod()
    {
        Cancelable ticks = new(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellRepeatedly(s_second, 2 * s_second, TestActor, "tick", ActorRefs.NoSender, ticks);

        Time.Advance(6 * s_second);

        Assert.Equal(["tick", "tick", "tick"], ReceiveN(3));
        ticks.Cancel();
        Assert.Equal(0, Time.PendingTimers);
    }

    [Fact]
    public void TellOnce_WithoutDelay_NeedsNoAdvanceAndKeepsOrder()
    {
        for (int i = 0; i < 100; i++)
            Sys.Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, i, ActorRefs.NoSender);

        Assert.Equal(Enumerable.Range(0, 100), ReceiveN(100).Cast<int>());
    }

    [Fact]
    public void ScheduleOnce_AnActionThatSchedules_RunsBothInOneAdvance()
    {
        List<double> at = [];
        Sys.Scheduler.Advanced.ScheduleOnce(s_second, () =>
        {
            at.Add(Time.Elapsed.TotalSeconds);
            Sys.Scheduler.Advanced.ScheduleOnce(s_second, () => at.Add(Time.Elapsed.TotalSeconds));
        });

        Time.Advance(5 * s_second);

        Assert.Equal([1, 2], at);
    }

    [Fact]
    public void Schedule_Cancelled_DoesNotRun()
    {
        Cancelable cancelable = new(Sys.Scheduler);
        Sys.Scheduler.ScheduleTellOnce(s_second, TestActor, "no", ActorRefs.NoSender, cancelable);
        Sys.Scheduler.Advanced.ScheduleRepeatedly(s_second, s_second, () => TestActor.Tell("no"), cancelable);
        cancelable.Cancel();

        Time.Advance(5 * s_second);

        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Timers_OfAnActor_FollowIt()
    {
        Sys.ActorOf(Props.Create(() => new Ticker(TestActor)));
        ExpectMsg("started");

        for (int i = 1; i <= 3; i++)
        {
            Time.Advance(s_second);
            ExpectMsg($"tick at {i}");
        }
    }

    [Fact]
    public void ReceiveTimeout_OfAnActor_FollowsIt()
    {
        Sys.ActorOf(Props.Create(() => new Sleeper(TestActor)));
        ExpectMsg("started");
        AwaitCondition(() => Time.PendingTimers == 1); // it is set at the end of the turn

        Time.Advance(TimeSpan.FromMinutes(5));

        ExpectMsg("timed out");
    }

    [Fact]
    public async Task TimeOf_AnotherScheduler_SaysWhatIsMissing()
    {
        ActorSystem other = ActorSystem.Create("other");
        try
        {
            InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => VirtualScheduler.TimeOf(other));
            Assert.Contains("System 'other' has the scheduler HashedWheelTimerScheduler", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            await other.Terminate();
        }
    }

    private sealed class Ticker : ReceiveActor, IWithTimers
    {
        public Ticker(IActorRef probe)
        {
            Receive<string>(text => probe.Tell($"{text} at {Context.System.Scheduler.MonotonicClock.TotalSeconds}"));
            Timers!.StartPeriodicTimer("tick", "tick", TimeSpan.FromSeconds(1));
            probe.Tell("started");
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class Sleeper : ReceiveActor
    {
        public Sleeper(IActorRef probe)
        {
            Receive<ReceiveTimeout>(_ => probe.Tell("timed out"));
            Context.SetReceiveTimeout(TimeSpan.FromMinutes(5));
            probe.Tell("started");
        }
    }
}
