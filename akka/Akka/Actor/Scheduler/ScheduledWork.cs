using Akka.Dispatch;

namespace Akka.Actor.Scheduler;

/// <summary>One thing to do later. It is its own node in the scheduler's lists: scheduling allocates this and nothing else.</summary>
internal abstract class ScheduledWork(long deadline, long interval, ICancelable? cancelable)
{
    internal ScheduledWork? Next;
    internal long RoundsLeft;

    /// <summary>When, in ticks of 100 ns since the scheduler's start.</summary>
    internal long Deadline { get; private set; } = deadline;

    internal bool IsCanceled => cancelable is { IsCancellationRequested: true };
    internal bool Repeats => interval > 0;

    internal abstract void Run();

    /// <summary>Keeps the rhythm; what a pause made it miss is left out, so that a late task runs once and not once for each interval.</summary>
    internal void MoveOn(long now)
    {
        var next = SaturatedAdd(Deadline, interval);
        Deadline = next > now ? next : SaturatedAdd(now, interval);
    }

    internal static long SaturatedAdd(long time, long span) => span > long.MaxValue - time ? long.MaxValue : time + span;
}

internal sealed class ScheduledTell(long deadline, long interval, ICancelable? cancelable, ICanTell receiver, object message, IActorRef? sender)
    : ScheduledWork(deadline, interval, cancelable)
{
    internal override void Run() => receiver.Tell(message, sender);
    public override string ToString() => $"[{receiver}.Tell({message}, {sender})]";
}

internal sealed class ScheduledAction(long deadline, long interval, ICancelable? cancelable, Action action)
    : ScheduledWork(deadline, interval, cancelable)
{
    internal override void Run() => action();
    public override string ToString() => $"[{action.Method.DeclaringType}.{action.Method.Name}]";
}

internal sealed class ScheduledRunnable(long deadline, long interval, ICancelable? cancelable, IRunnable runnable)
    : ScheduledWork(deadline, interval, cancelable)
{
    internal override void Run() => runnable.Run();
    public override string ToString() => $"[{runnable}]";
}
