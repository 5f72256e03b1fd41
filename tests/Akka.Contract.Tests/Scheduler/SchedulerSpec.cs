using Akka.Actor;
using Akka.Contract.Tests.Support;

namespace Akka.Contract.Tests.Scheduler;

/// <summary>"Repeating tasks do not pile up; cancellation is safe from any thread." On the real scheduler and its own thread.</summary>
public sealed class SchedulerSpec : ContractSpec
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(200);

    // A turn of the wheel of 160 ms instead of 5 s: delays beyond it are quick to test.
    public SchedulerSpec() : base("akka.scheduler.ticks-per-wheel = 16")
    {
    }

    private IScheduler Scheduler => Sys.Scheduler;

    /// <summary>Ends on the scheduler's thread after the delay, and so after all that was due before.</summary>
    private async Task FenceAsync(TimeSpan delay)
    {
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Scheduler.Advanced.ScheduleOnce(delay, passed.SetResult);
        await passed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Message_is_told_once_from_the_given_sender()
    {
        var sender = CreateTestProbe();
        Scheduler.ScheduleTellOnce(Soon, TestActor, "once", sender.Ref);
        await ExpectMsgFromAsync(sender.Ref, "once");

        Scheduler.ScheduleTellOnce(Later, TestActor, "fence", ActorRefs.NoSender);
        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Nothing_is_told_early()
    {
        var before = Scheduler.MonotonicClock;
        Scheduler.ScheduleTellOnce(Later, TestActor, "late", TestActor);
        await ExpectMsgAsync("late");

        // The coarse clock may lag behind by a tick of the operating system.
        Assert.True(Scheduler.MonotonicClock - before >= Later - TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public async Task Delays_decide_the_order()
    {
        var took = TimeSpan.MaxValue;
        string[] order = [];
        // Who is held up between the calls asks for another order: once more.
        while (took > TimeSpan.FromMilliseconds(50))
        {
            var before = Scheduler.MonotonicClock;
            Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(300), TestActor, "third", TestActor);
            Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(50), TestActor, "first", TestActor);
            Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(150), TestActor, "second", TestActor);
            took = Scheduler.MonotonicClock - before;
            order = [await ExpectMsgAsync<string>(), await ExpectMsgAsync<string>(), await ExpectMsgAsync<string>()];
        }

        Assert.Equal(["first", "second", "third"], order);
    }

    [Fact]
    public async Task Equal_delays_keep_the_order_of_scheduling()
    {
        for (var i = 0; i < 100; i++) Scheduler.ScheduleTellOnce(Soon, TestActor, i, TestActor);
        for (var i = 0; i < 100; i++) await ExpectMsgAsync(i);
    }

    [Fact]
    public async Task Canceled_message_is_not_told()
    {
        var canceled = Scheduler.ScheduleTellOnceCancelable(Soon, TestActor, "canceled", TestActor);
        Scheduler.ScheduleTellOnce(Later, TestActor, "fence", TestActor);
        canceled.Cancel();

        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Message_with_a_canceled_handle_is_not_told()
    {
        Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, "canceled", TestActor, Cancelable.CreateCanceled());
        Scheduler.ScheduleTellOnce(Later, TestActor, "fence", TestActor);

        await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Repeated_message_comes_until_it_is_canceled()
    {
        var handle = Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, Soon, TestActor, "tick", TestActor);
        for (var i = 0; i < 5; i++) await ExpectMsgAsync("tick");
        handle.Cancel();

        await FenceAsync(Later);
        TestActor.Tell("fence", TestActor);
        // A tick that was on its way when the handle was canceled may still come.
        if (await ExpectMsgAsync<string>() != "fence") await ExpectMsgAsync("fence");
    }

    [Fact]
    public async Task Action_that_cancels_itself_does_not_run_again()
    {
        var runs = 0;
        var handle = new Cancelable(Scheduler);
        Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, Soon, () =>
        {
            if (++runs == 3) handle.Cancel();
        }, handle);

        await AwaitConditionAsync(() => handle.IsCancellationRequested);
        await FenceAsync(Later);
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task Repeating_task_runs_once_after_a_pause()
    {
        var runs = 0;
        var runsAtFence = 0;
        var gate = new Gate();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handle = new Cancelable(Scheduler);

        Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () =>
        {
            held.SetResult();
            gate.Pass();
        });
        await held.Task.WaitAsync(Patience);
        Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, Soon, () => runs++, handle);
        var pausedAt = Scheduler.MonotonicClock;
        await AwaitConditionAsync(() => Scheduler.MonotonicClock - pausedAt > TimeSpan.FromMilliseconds(600));

        var fence = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, () =>
        {
            runsAtFence = runs;
            fence.SetResult();
        });
        gate.Open();
        await fence.Task.WaitAsync(Patience);

        // 30 intervals passed: it has run once, and once more where an interval ended before the fence.
        Assert.InRange(runsAtFence, 1, 3);
        await AwaitConditionAsync(() => Volatile.Read(ref runs) > runsAtFence);
    }

    [Fact]
    public async Task Failing_action_is_not_repeated_and_harms_no_other()
    {
        var runs = 0;
        using var handle = new Cancelable(Scheduler);
        Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, Soon, () =>
        {
            runs++;
            throw new ContractException("on purpose");
        }, handle);
        Scheduler.ScheduleTellOnce(Later, TestActor, "alive", TestActor);

        await ExpectMsgAsync("alive");
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Many_threads_schedule_and_cancel_at_once()
    {
        const int threads = 8, each = 500;
        var told = 0;
        await OnThreadsAsync(threads, _ =>
        {
            for (var i = 0; i < each; i++)
            {
                Scheduler.Advanced.ScheduleOnce(Soon, () => told++);
                Scheduler.Advanced.ScheduleOnceCancelable(TimeSpan.FromMinutes(1), () => told += 1_000_000).Cancel();
            }
        });

        await AwaitConditionAsync(() => Volatile.Read(ref told) == threads * each);
        await FenceAsync(Later);
        Assert.Equal(threads * each, told);
    }

    [Fact]
    public async Task Delay_beyond_a_turn_of_the_wheel_is_kept()
    {
        var before = Scheduler.MonotonicClock;
        Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(500), TestActor, "far", TestActor);
        Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(20), TestActor, "near", TestActor);

        await ExpectMsgAsync("near");
        await ExpectMsgAsync("far");
        Assert.True(Scheduler.MonotonicClock - before >= TimeSpan.FromMilliseconds(480));
    }

    [Fact]
    public void Negative_delays_and_empty_intervals_are_refused()
    {
        var negative = TimeSpan.FromMilliseconds(-1);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellOnce(negative, TestActor, "never", TestActor));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellRepeatedly(negative, Soon, TestActor, "never", TestActor));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.ScheduleTellRepeatedly(Soon, TimeSpan.Zero, TestActor, "never", TestActor));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.Advanced.ScheduleOnce(negative, () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scheduler.Advanced.ScheduleRepeatedly(Soon, negative, () => { }));
    }

    [Fact]
    public async Task Scheduler_of_a_terminated_system_takes_no_work()
    {
        var system = ActorSystem.Create("scheduler-end", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var scheduler = system.Scheduler;
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.Advanced.ScheduleOnce(TimeSpan.Zero, ran.SetResult);
        await ran.Task.WaitAsync(Patience);
        await system.Terminate().WaitAsync(Patience);

        Assert.Throws<SchedulerException>(() => scheduler.Advanced.ScheduleOnce(Soon, () => { }));
    }
}
