using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public partial class ActorCell
{
    private Extras? _extras;

    /// <summary>What most actors never need, made with the first of it; two threads may race for it.</summary>
    private Extras OwnExtras => Volatile.Read(ref _extras) ?? Interlocked.CompareExchange(ref _extras, new Extras(), null) ?? _extras!;

    /// <summary>The behaviours above the instance's own.</summary>
    private Stack<Receive>? Behaviors
    {
        get => _extras?.Behaviors;
        set => OwnExtras.Behaviors = value;
    }

    /// <summary>Whom this actor watches, with the message it wants instead of Terminated.</summary>
    private Dictionary<IActorRef, object?>? Watching
    {
        get => _extras?.Watching;
        set => Set(value, static (extras, v) => extras.Watching = v);
    }

    /// <summary>Whose Terminated lies in the mailbox; taking an entry out cancels it.</summary>
    private Dictionary<IActorRef, object?>? TerminatedQueued
    {
        get => _extras?.TerminatedQueued;
        set => Set(value, static (extras, v) => extras.TerminatedQueued = v);
    }

    private HashSet<IActorRef>? WatchedBy
    {
        get => _extras?.WatchedBy;
        set => Set(value, static (extras, v) => extras.WatchedBy = v);
    }

    /// <summary>Who failed, while this cell waits for its supervisor's verdict: itself or, when handling a failure failed, the child.</summary>
    private IActorRef? FailedActor
    {
        get => _extras?.Failed;
        set => Set(value, static (extras, v) => extras.Failed = v);
    }

    private Queue<SystemMessage>? StashedSystemMessages
    {
        get => _extras?.StashedSystemMessages;
        set => Set(value, static (extras, v) => extras.StashedSystemMessages = v);
    }

    private Scheduler.TimerScheduler? Timers
    {
        get => _extras?.Timers;
        set => Set(value, static (extras, v) => extras.Timers = v);
    }

    private Timeout? ReceiveTimeoutState
    {
        get => _extras?.Timeout;
        set => Set(value, static (extras, v) => extras.Timeout = v);
    }

    private void Set<T>(T? value, Action<Extras, T?> set) where T : class
    {
        if (value is not null || _extras is not null) set(OwnExtras, value);
    }

    private sealed class Extras
    {
        internal Stack<Receive>? Behaviors;
        internal Dictionary<IActorRef, object?>? Watching;
        internal Dictionary<IActorRef, object?>? TerminatedQueued;
        internal HashSet<IActorRef>? WatchedBy;
        internal IActorRef? Failed;
        internal Queue<SystemMessage>? StashedSystemMessages;
        internal Scheduler.TimerScheduler? Timers;
        internal Timeout? Timeout;
        private ActorTaskScheduler? _scheduler;

        internal ActorTaskScheduler Scheduler(ActorCell cell) =>
            Volatile.Read(ref _scheduler) ?? Interlocked.CompareExchange(ref _scheduler, new ActorTaskScheduler(cell), null) ?? _scheduler!;
    }
}
