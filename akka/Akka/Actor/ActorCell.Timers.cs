namespace Akka.Actor;

public partial class ActorCell
{

    /// <summary>The receive time-out and its running tick.</summary>
    private sealed class Timeout
    {
        internal TimeSpan After;
        internal ICancelable? Tick;
    }

    public TimeSpan? ReceiveTimeout => ReceiveTimeoutState?.After;

    /// <summary>Null or an infinite span switches it off; it starts to run after the present message.</summary>
    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        CancelReceiveTimeout();
        if (timeout is not { } after || after == global::System.Threading.Timeout.InfiniteTimeSpan)
        {
            ReceiveTimeoutState = null;
            return;
        }
        if (after <= TimeSpan.Zero) throw new ArgumentException($"Receive timeout must be positive, but was {after}", nameof(timeout));
        ReceiveTimeoutState = new Timeout { After = after };
    }

    public void CheckReceiveTimeout(bool reschedule = true)
    {
        if (ReceiveTimeoutState is null || (ReceiveTimeoutState.Tick is not null && !reschedule)) return;
        CancelReceiveTimeout();
        ReceiveTimeoutState.Tick = _system.Scheduler.ScheduleTellOnceCancelable(ReceiveTimeoutState.After, _self, Akka.Actor.ReceiveTimeout.Instance, _self);
    }

    private void CancelReceiveTimeout()
    {
        if (ReceiveTimeoutState?.Tick is null) return;
        ReceiveTimeoutState.Tick.Cancel();
        ReceiveTimeoutState.Tick = null;
    }

    internal ITimerScheduler MakeTimers() => Timers = new Scheduler.TimerScheduler(this);

    internal void CancelTimers() => Timers?.CancelAll();
}
