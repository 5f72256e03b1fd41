using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;

namespace Dispatcher.TestKit.Tests.Time;

public sealed class TestSchedulerClockTests : Akka.TestKit.Xunit2.TestKit
{
    private readonly ManualTimeProvider _time = new();
    private readonly TestSchedulerClock _clock;

    public TestSchedulerClockTests()
        : base(TestConfigs.TestSchedulerConfig) => _clock = new TestSchedulerClock(_time, (TestScheduler)Sys.Scheduler);

    [Fact]
    public void Advance_BothSides_MoveTogether()
    {
        DateTimeOffset before = Sys.Scheduler.Now;

        _clock.Advance(TimeSpan.FromSeconds(3.333));

        Assert.Equal(TimeSpan.FromSeconds(3.333), _time.Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(3.333), Sys.Scheduler.Now - before);
    }

    [Fact]
    public void Advance_ARepeatedMessage_ComesOnceForEachPeriod()
    {
        Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TestActor, "tick", ActorRefs.NoSender);

        _clock.Advance(TimeSpan.FromSeconds(3.5));

        Assert.Equal(["tick", "tick", "tick"], ReceiveN(3));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Advance_ATimerThatSchedules_IsFollowedWithinTheAdvance()
    {
        _time.CreateTimer(
            _ => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), TestActor, "then", ActorRefs.NoSender),
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(1.9));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        ExpectMsg("then");
    }

    [Fact]
    public void Step_Zero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TestSchedulerClock(_time, (TestScheduler)Sys.Scheduler) { Step = TimeSpan.Zero });
}
