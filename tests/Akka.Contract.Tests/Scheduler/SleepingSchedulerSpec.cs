using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Scheduler;

/// <summary>
/// A scheduler whose only work is a minute off. Its wheel takes longer than that for a turn and a shutdown waits longer than a spec: who is not woken comes too late.
/// </summary>
public sealed class SleepingSchedulerSpec : ContractSpec
{
    private const string Config = "akka.scheduler { ticks-per-wheel = 8192, shutdown-timeout = 1h }";
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FarOff = TimeSpan.FromMinutes(1);

    public SleepingSchedulerSpec() : base(Config)
    {
    }

    private IActionScheduler Scheduler => Sys.Scheduler.Advanced;

    /// <summary>Ends on the scheduler's thread: what comes next for it is sleep.</summary>
    private static async Task RunAsync(IActionScheduler scheduler, TimeSpan delay)
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.ScheduleOnce(delay, ran.SetResult);
        await ran.Task.WaitAsync(Patience);
    }

    private async Task FallAsleepAsync()
    {
        Scheduler.ScheduleOnce(FarOff, () => TestActor.Tell("far off", ActorRefs.NoSender));
        await RunAsync(Scheduler, TimeSpan.Zero);
    }

    [Fact]
    public async Task Work_that_is_due_earlier_wakes_it()
    {
        await FallAsleepAsync();

        // Again and again, at every point of its way to sleep.
        for (var i = 0; i < 100; i++) await RunAsync(Scheduler, TimeSpan.Zero);
    }

    [Fact]
    public async Task Work_that_shortens_its_sleep_does_not_keep_it_from_waking_earlier()
    {
        await FallAsleepAsync();
        for (var seconds = 55; seconds >= 30; seconds--)
        {
            Scheduler.ScheduleOnce(TimeSpan.FromSeconds(seconds), () => TestActor.Tell("far off", ActorRefs.NoSender));
            await RunAsync(Scheduler, TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task Many_threads_wake_it_and_nothing_is_lost()
    {
        const int threads = 4, each = 50;
        var ran = 0;
        await FallAsleepAsync();
        await OnThreadsAsync(threads, _ =>
        {
            for (var i = 0; i < each; i++)
            {
                using var done = new ManualResetEventSlim();
                Scheduler.ScheduleOnce(TimeSpan.FromMilliseconds(i % 3 * 10), () =>
                {
                    ran++;
                    done.Set();
                });
                Assert.True(done.Wait(Patience));
            }
        });

        Assert.Equal(threads * each, ran);
    }

    [Fact]
    public async Task Periodic_work_comes_again_and_never_before_its_period()
    {
        const int runs = 10;
        var early = 0;
        var count = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handle = new Cancelable(Sys.Scheduler);
        await FallAsleepAsync();
        var start = Sys.Scheduler.MonotonicClock;
        Scheduler.ScheduleRepeatedly(Soon, Later, () =>
        {
            // The coarse clock may lag behind by a tick of the operating system.
            if (Sys.Scheduler.MonotonicClock - start < Soon + count * Later - TimeSpan.FromMilliseconds(20)) early++;
            if (++count == runs) done.SetResult();
        }, handle);

        await done.Task.WaitAsync(Patience);
        Assert.Equal(0, early);
    }

    [Fact]
    public async Task What_is_canceled_while_it_sleeps_does_not_run()
    {
        var ran = 0;
        await FallAsleepAsync();
        using var once = new Cancelable(Sys.Scheduler);
        using var repeated = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleOnce(TimeSpan.FromSeconds(1), () => ran++, once);
        Scheduler.ScheduleRepeatedly(TimeSpan.FromSeconds(1), Soon, () => ran++, repeated);
        await RunAsync(Scheduler, TimeSpan.Zero);
        once.Cancel();
        repeated.Cancel();
        // Whoever was held up for so long that they were due before has seen the last of them by now.
        await RunAsync(Scheduler, TimeSpan.Zero);
        var before = Volatile.Read(ref ran);

        await RunAsync(Scheduler, TimeSpan.FromSeconds(1) + Soon);
        Assert.Equal(before, ran);
    }

    [Fact]
    public async Task Only_work_is_canceled_and_the_next_wakes_it()
    {
        using var handle = new Cancelable(Sys.Scheduler);
        Scheduler.ScheduleOnce(FarOff, () => TestActor.Tell("far off", ActorRefs.NoSender), handle);
        await RunAsync(Scheduler, TimeSpan.Zero);
        handle.Cancel();

        await RunAsync(Scheduler, Soon);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Shutdown_wakes_it_and_drops_what_is_left(bool hasWork)
    {
        var ran = 0;
        var system = ActorSystem.Create("sleeper", Config + "\nakka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var scheduler = system.Scheduler.Advanced;
        if (hasWork) scheduler.ScheduleRepeatedly(FarOff, FarOff, () => ran++);
        await RunAsync(scheduler, TimeSpan.Zero);

        await system.Terminate().WaitAsync(Patience);
        Assert.Equal(0, ran);
        Assert.Throws<SchedulerException>(() => scheduler.ScheduleOnce(Soon, () => { }));
    }
}
