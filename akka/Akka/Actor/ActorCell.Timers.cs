namespace Akka.Actor;

public partial class ActorCell
{
    private Scheduler.TimerScheduler? _timers;
    private Timeout? _timeout;

    /// <summary>The receive time-out and its running tick.</summary>
    private sealed class Timeout
    {
        internal TimeSpan After;
        internal ICancelable? Tick;
    }

    public TimeSpan? ReceiveTimeout => _timeout?.After;

    /// <summary>Null or an infinite span switches it off; it starts to run after the present message.</summary>
    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        CancelReceiveTimeout();
        if (timeout is not { } after || after == global::System.Threading.Timeout.InfiniteTimeSpan)
        {
            _timeout = null;
            return;
        }
        if (after <= TimeSpan.Zero) throw new ArgumentException($"Receive timeout must be positive, but was {after}", nameof(timeout));
        _timeout = new Timeout { After = after };
    }

    public void CheckReceiveTimeout(bool reschedule = true)
    {
        if (_timeout is null || (_timeout.Tick is not null && !reschedule)) return;
        CancelReceiveTimeout();
        _timeout.Tick = _system.Scheduler.ScheduleTellOnceCancelable(_timeout.After, _self, Akka.Actor.ReceiveTimeout.Instance, _self);
    }

    private void CancelReceiveTimeout()
    {
        if (_timeout?.Tick is null) return;
        _timeout.Tick.Cancel();
        _timeout.Tick = null;
    }

    internal ITimerScheduler MakeTimers() => _timers = new Scheduler.TimerScheduler(this);

    internal void CancelTimers() => _timers?.CancelAll();
}
