using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Dispatcher.TestKit;

/// <summary>
/// An Akka scheduler on a <see cref="ManualTimeProvider"/>: one advance of <see cref="Time"/> moves pools and actors, in the order of their due
/// instants. Unlike Akka's own TestScheduler it runs a repeated item once for each of its periods in an advance, and runs what an item schedules in the
/// same advance. Its monotonic clocks show virtual time. A message without delay is told at once.
/// </summary>
/// <remarks>Made by an actor system that has <see cref="Config"/>; its time is found with <see cref="TimeOf"/>.</remarks>
public sealed class VirtualScheduler : SchedulerBase
{
    /// <summary>Called by Akka.</summary>
    /// <param name="scheduler">The system's configuration.</param>
    /// <param name="log">The system's log.</param>
    public VirtualScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
    }

    /// <summary>The configuration that gives an actor system this scheduler.</summary>
    public static Config Config { get; } =
        ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Dispatcher.TestKit.VirtualScheduler, Dispatcher.TestKit\"");

    /// <summary>The time that it follows.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => Time.Elapsed;

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => Time.Elapsed;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => Time.GetUtcNow();

    /// <summary>The time of an actor system with this scheduler.</summary>
    /// <param name="system">The system.</param>
    /// <returns>The time.</returns>
    /// <exception cref="InvalidOperationException">The system has another scheduler.</exception>
    public static ManualTimeProvider TimeOf(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.Scheduler is VirtualScheduler scheduler
            ? scheduler.Time
            : throw new InvalidOperationException(
                $"System '{system.Name}' has the scheduler {system.Scheduler.GetType().Name}. For virtual time make it with VirtualScheduler.Config.");
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable)
    {
        if (delay == TimeSpan.Zero && cancelable is not { IsCancellationRequested: true })
            receiver.Tell(message, sender);
        else
            Schedule(() => receiver.Tell(message, sender), delay, null, cancelable);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Schedule(() => receiver.Tell(message, sender), initialDelay, interval, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Schedule(action, delay, null, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Schedule(action.Run, delay, null, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Schedule(action, initialDelay, interval, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Schedule(action.Run, initialDelay, interval, cancelable);

    private void Schedule(Action run, TimeSpan delay, TimeSpan? interval, ICancelable? cancelable)
    {
        // As with any scheduler, what runs later does not run in the context of the one who asked for it.
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        ITimer timer = Time.CreateTimer(
            _ =>
            {
                if (cancelable is not { IsCancellationRequested: true })
                    run();
            },
            null,
            delay,
            interval ?? Timeout.InfiniteTimeSpan);
        // So that what is cancelled does not count as pending.
        cancelable?.Token.Register(timer.Dispose);
    }
}
