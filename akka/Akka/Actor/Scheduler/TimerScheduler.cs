using Akka.Event;

namespace Akka.Actor.Scheduler;

/// <summary>
/// An actor's timers. Each start of a timer has a generation of its own, which its ticks carry: a tick that was already
/// in the mailbox when its timer was cancelled, started anew or lost its actor instance is recognised and dropped.
/// </summary>
internal sealed class TimerScheduler(IActorContext context) : ITimerScheduler
{
    private readonly Dictionary<object, TimerMsg> _timers = [];
    private readonly bool _logDebug = context.System.Settings.DebugTimerScheduler;
    private int _generation;

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => StartPeriodicTimer(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => StartPeriodicTimer(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender)
    {
        var timer = NextTimer(key, msg, repeats: true);
        context.System.Scheduler.ScheduleTellRepeatedly(initialDelay, interval, context.Self, timer, sender, timer.Task);
        _timers[key] = timer;
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => StartSingleTimer(key, msg, timeout, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender)
    {
        var timer = NextTimer(key, msg, repeats: false);
        context.System.Scheduler.ScheduleTellOnce(timeout, context.Self, timer, sender, timer.Task);
        _timers[key] = timer;
    }

    public void Cancel(object key)
    {
        if (!_timers.Remove(key, out var timer)) return;
        if (_logDebug) context.System.Log.Debug("Cancel timer [{0}] with generation [{1}]", key, timer.Generation);
        timer.Task.Cancel();
    }

    public void CancelAll()
    {
        if (_timers.Count == 0) return;
        if (_logDebug) context.System.Log.Debug("Cancel all timers");
        foreach (var timer in _timers.Values) timer.Task.Cancel();
        _timers.Clear();
    }

    /// <summary>The message to deliver for a tick; null where the tick is outdated.</summary>
    internal object? InterceptTimerMsg(ILoggingAdapter log, ITimerMsg timerMsg)
    {
        if (!ReferenceEquals(timerMsg.Owner, this) || !_timers.TryGetValue(timerMsg.Key, out var timer) || timer.Generation != timerMsg.Generation)
        {
            if (_logDebug) log.Debug("Received outdated timer [{0}] of generation [{1}], discarding", timerMsg.Key, timerMsg.Generation);
            return null;
        }
        if (!timer.Repeats) _timers.Remove(timerMsg.Key);
        return timer.Message;
    }

    private TimerMsg NextTimer(object key, object msg, bool repeats)
    {
        Cancel(key);
        var task = new Cancelable(context.System.Scheduler);
        var timer = msg is INotInfluenceReceiveTimeout
            ? new QuietTimerMsg(this, key, msg, repeats, ++_generation, task)
            : new TimerMsg(this, key, msg, repeats, ++_generation, task);
        if (_logDebug) context.System.Log.Debug("Start timer [{0}] with generation [{1}]", key, timer.Generation);
        return timer;
    }

    /// <summary>A timer and, since a tick says no more, its tick too.</summary>
    private class TimerMsg(TimerScheduler owner, object key, object message, bool repeats, int generation, ICancelable task) : ITimerMsg
    {
        public TimerScheduler Owner => owner;
        public object Key => key;
        public object Message => message;
        public int Generation => generation;
        internal bool Repeats => repeats;
        internal ICancelable Task => task;

        public override string ToString() => $"TimerMsg(key={key}, generation={generation}, message={message})";
    }

    private sealed class QuietTimerMsg(TimerScheduler owner, object key, object message, bool repeats, int generation, ICancelable task)
        : TimerMsg(owner, key, message, repeats, generation, task), INotInfluenceReceiveTimeout;

    /// <summary>The tick of a timer, on its way to the actor.</summary>
    internal interface ITimerMsg : IWrappedMessage, INoSerializationVerificationNeeded
    {
        TimerScheduler Owner { get; }
        object Key { get; }
        int Generation { get; }
    }
}
