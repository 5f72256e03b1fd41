using Akka.Actor.Scheduler;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The scheduler of an actor system: one background thread and a wheel of ticks. The thread starts with the first work,
/// sleeps until the next tick that has any, and runs what is due itself.
/// </summary>
public sealed class HashedWheelTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private const int NotStarted = 0, Running = 1, ShutDown = 2;
    private const int MaxTicksPerWheel = 1 << 30;
    private static readonly TimeSpan MinTickDuration = TimeSpan.FromMilliseconds(10);

    private readonly TimeSpan _shutdownTimeout;
    private readonly TimerWheel _wheel;
    private readonly long _startTime = Util.MonotonicClock.ElapsedHighRes.Ticks;
    private readonly AutoResetEvent _signal = new(initialState: false);

    // Newest first: schedulers push, the thread takes all at once.
    private ScheduledWork? _incoming;
    private int _state = NotStarted;

    // Until when the thread sleeps; 0 while it is awake.
    private long _wakeAt;
    private Thread? _thread;

    public HashedWheelTimerScheduler(Config scheduler, ILoggingAdapter log) : base(scheduler, log)
    {
        if (SchedulerConfig.IsNullOrEmpty()) throw ConfigurationException.NullOrEmptyConfig<HashedWheelTimerScheduler>();
        var tickDuration = SchedulerConfig.GetTimeSpan("akka.scheduler.tick-duration");
        if (tickDuration < MinTickDuration)
            throw new ArgumentOutOfRangeException(nameof(scheduler), tickDuration, $"akka.scheduler.tick-duration is {tickDuration}, it must be {MinTickDuration.TotalMilliseconds} ms or more.");
        var ticksPerWheel = SchedulerConfig.GetInt("akka.scheduler.ticks-per-wheel");
        if (ticksPerWheel is <= 0 or > MaxTicksPerWheel)
            throw new ArgumentOutOfRangeException(nameof(scheduler), ticksPerWheel, $"akka.scheduler.ticks-per-wheel is {ticksPerWheel}, it must be from 1 to {MaxTicksPerWheel}.");
        _shutdownTimeout = SchedulerConfig.GetTimeSpan("akka.scheduler.shutdown-timeout");
        _wheel = new TimerWheel((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ticksPerWheel), tickDuration.Ticks);
    }

    public override TimeSpan MonotonicClock => Util.MonotonicClock.Elapsed;
    public override TimeSpan HighResMonotonicClock => Util.MonotonicClock.ElapsedHighRes;
    protected override DateTimeOffset TimeNow => DateTimeOffsetNowTimeProvider.Instance.Now;

    private long Now => Util.MonotonicClock.ElapsedHighRes.Ticks - _startTime;

    /// <summary>Stops the thread; what is still scheduled is dropped.</summary>
    public void Dispose()
    {
        var before = Interlocked.Exchange(ref _state, ShutDown);
        if (before == ShutDown) return;
        _signal.Set();
        if (before == NotStarted || Volatile.Read(ref _thread) is not { } thread || thread == Thread.CurrentThread) return;
        if (!thread.Join(_shutdownTimeout)) Log.Warning("Failed to shut down the scheduler within {0}", _shutdownTimeout);
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Schedule(new ScheduledTell(DeadlineIn(delay), 0, cancelable, receiver, message, sender));

    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Schedule(new ScheduledTell(DeadlineIn(initialDelay), interval.Ticks, cancelable, receiver, message, sender));

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(new ScheduledAction(DeadlineIn(delay), 0, cancelable, action));

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Schedule(new ScheduledRunnable(DeadlineIn(delay), 0, cancelable, action));

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(new ScheduledAction(DeadlineIn(initialDelay), interval.Ticks, cancelable, action));

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Schedule(new ScheduledRunnable(DeadlineIn(initialDelay), interval.Ticks, cancelable, action));

    private long DeadlineIn(TimeSpan delay) => ScheduledWork.SaturatedAdd(Now, delay.Ticks);

    private void Schedule(ScheduledWork work)
    {
        if (Volatile.Read(ref _state) != Running) Start();
        var head = Volatile.Read(ref _incoming);
        while (true)
        {
            work.Next = head;
            var seen = Interlocked.CompareExchange(ref _incoming, work, head);
            if (seen == head) break;
            head = seen;
        }
        if (_wheel.TickEndOf(work.Deadline) < Volatile.Read(ref _wakeAt)) _signal.Set();
    }

    private void Start()
    {
        var before = Interlocked.CompareExchange(ref _state, Running, NotStarted);
        if (before == ShutDown) throw new SchedulerException("The scheduler was shut down: it takes no work any more.");
        if (before == Running) return;
        var thread = new Thread(Run) { IsBackground = true, Name = "akka-scheduler" };
        Volatile.Write(ref _thread, thread);
        thread.Start();
    }

    private void Run()
    {
        while (Volatile.Read(ref _state) == Running)
        {
            TakeIncoming();
            if (_wheel.Count == 0)
            {
                Sleep(long.MaxValue);
                _wheel.JumpTo(Now);
                continue;
            }
            var next = _wheel.NextTickEnd;
            if (next > Now) Sleep(next);
            else RunDue(_wheel.Advance());
        }
    }

    /// <summary>Sleeps until a time, or until there is work that is due before.</summary>
    private void Sleep(long until)
    {
        // Both sides write, fence and then read: work pushed before the time was up is seen here, whoever pushes later sees the time and signals.
        Interlocked.Exchange(ref _wakeAt, until);
        if (Volatile.Read(ref _incoming) is null && Volatile.Read(ref _state) == Running)
        {
            // Rounded up: an early wake-up would only wait again. A shutdown signals.
            if (until == long.MaxValue) _signal.WaitOne();
            else if ((until - Now + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond is var wait and > 0) _signal.WaitOne((int)Math.Min(wait, int.MaxValue));
        }
        Volatile.Write(ref _wakeAt, 0);
    }

    private void TakeIncoming()
    {
        if (Volatile.Read(ref _incoming) is null) return;
        var newestFirst = Interlocked.Exchange(ref _incoming, null);
        ScheduledWork? oldestFirst = null;
        while (newestFirst is { } work)
        {
            newestFirst = work.Next;
            work.Next = oldestFirst;
            oldestFirst = work;
        }
        while (oldestFirst is { } work)
        {
            oldestFirst = work.Next;
            work.Next = null;
            if (!work.IsCanceled) _wheel.Add(work);
        }
    }

    private void RunDue(ScheduledWork? due)
    {
        while (due is { } work)
        {
            due = work.Next;
            work.Next = null;
            if (work.IsCanceled || !TryRun(work) || !work.Repeats || work.IsCanceled) continue;
            work.MoveOn(Now);
            _wheel.Add(work);
        }
    }

    /// <summary>Whether it ran without a failure; one that fails is not repeated.</summary>
    private bool TryRun(ScheduledWork work)
    {
        try
        {
            work.Run();
            return true;
        }
        catch (Exception failure)
        {
            Log.Error(failure, "Error while executing scheduled task {0}", work);
            return false;
        }
    }
}
