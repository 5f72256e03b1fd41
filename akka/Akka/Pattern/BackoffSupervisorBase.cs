using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// What both back-off supervisors share: they own one child, pass its messages on in both directions, and answer for it
/// while it is gone.
/// </summary>
public abstract class BackoffSupervisorBase : ActorBase
{
    private readonly TimeSpan _minBackoff;
    private readonly TimeSpan _maxBackoff;
    private readonly double _randomFactor;

    internal BackoffSupervisorBase(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        IBackoffReset reset, object? replyWhileStopped, Func<object, bool>? finalStopMessage)
    {
        ChildProps = childProps;
        ChildName = childName;
        Reset = reset;
        ReplyWhileStopped = replyWhileStopped;
        FinalStopMessage = finalStopMessage;
        _minBackoff = minBackoff;
        _maxBackoff = maxBackoff;
        _randomFactor = randomFactor;
        Log = Logging.GetLogger(Context.System, GetType());
    }

    protected Props ChildProps { get; }
    protected string ChildName { get; }
    protected IBackoffReset Reset { get; }
    protected object? ReplyWhileStopped { get; }
    protected Func<object, bool>? FinalStopMessage { get; }
    protected IActorRef? Child { get; set; }
    protected int RestartCountN { get; set; }
    protected bool FinalStopMessageReceived { get; set; }
    internal ILoggingAdapter Log { get; }

    protected override void PreStart()
    {
        StartChild();
        base.PreStart();
    }

    protected bool HandleBackoff(object message)
    {
        switch (message)
        {
            case BackoffSupervisor.StartChild:
                StartChild();
                if (Reset is AutoReset auto) TellLater(auto.ResetBackoff, new BackoffSupervisor.ResetRestartCount(RestartCountN));
                break;
            case BackoffSupervisor.Reset:
                if (Reset is ManualReset) RestartCountN = 0;
                else Unhandled(message);
                break;
            case BackoffSupervisor.ResetRestartCount reset:
                // Only if the child has not been restarted since: else it has not lived so long.
                if (reset.Current == RestartCountN) RestartCountN = 0;
                break;
            case BackoffSupervisor.GetRestartCount:
                Sender.Tell(new BackoffSupervisor.RestartCount(RestartCountN));
                break;
            case BackoffSupervisor.GetCurrentChild:
                Sender.Tell(new BackoffSupervisor.CurrentChild(Child));
                break;
            default:
                if (Child is null) AnswerForChild(message);
                else PassOn(message, Child);
                break;
        }
        return true;
    }

    internal void RestartAfterDelay()
    {
        var delay = DelayOf(RestartCountN, _minBackoff, _maxBackoff, _randomFactor);
        RestartCountN++;
        TellLater(delay, BackoffSupervisor.StartChild.Instance);
    }

    internal void TellLater(TimeSpan delay, object message) => Context.System.Scheduler.ScheduleTellOnce(delay, Self, message, Self);

    /// <summary>min(maximum, minimum x 2^restarts) x (1 + random x factor): grows with each restart, spread so that many do not come back at once.</summary>
    internal static TimeSpan DelayOf(int restarts, TimeSpan min, TimeSpan max, double randomFactor)
    {
        var ticks = Math.Min(max.Ticks, min.Ticks * Math.Pow(2, restarts)) * (1.0 + Random.Shared.NextDouble() * randomFactor);
        return ticks >= long.MaxValue ? max : new TimeSpan((long)ticks);
    }

    private void StartChild()
    {
        if (Child is null) Child = Context.Watch(Context.ActorOf(ChildProps, ChildName));
    }

    private void PassOn(object message, IActorRef child)
    {
        if (child.Equals(Sender))
        {
            Context.Parent.Tell(message);
            return;
        }
        child.Forward(message);
        if (!FinalStopMessageReceived && FinalStopMessage is not null) FinalStopMessageReceived = FinalStopMessage(message);
    }

    private void AnswerForChild(object message)
    {
        if (ReplyWhileStopped is null) Context.System.DeadLetters.Forward(message);
        else Sender.Tell(ReplyWhileStopped);
        if (FinalStopMessage?.Invoke(message) == true) Context.Stop(Self);
    }
}
