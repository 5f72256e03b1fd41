using Akka.Actor;
using Akka.Event;

namespace Akka.Pattern;

/// <summary>
/// Makes its child wait before a restart: a failure that would restart it stops it instead, and it is started anew after
/// the delay. A child that stops by itself takes its supervisor along.
/// </summary>
internal sealed class BackoffOnRestartSupervisor : BackoffSupervisorBase
{
    private readonly OneForOneStrategy _strategy;

    public BackoffOnRestartSupervisor(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, IBackoffReset reset, double randomFactor,
        OneForOneStrategy strategy, object? replyWhileStopped, Func<object, bool>? finalStopMessage)
        : base(childProps, childName, minBackoff, maxBackoff, randomFactor, reset, replyWhileStopped, finalStopMessage) => _strategy = strategy;

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(_strategy.MaxNumberOfRetries, _strategy.WithinTimeRangeMilliseconds, StopInsteadOfRestart);

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated || !terminated.ActorRef.Equals(Child)) return HandleBackoff(message);
        Log.Debug("Terminating, because child {0} terminated itself", Child);
        Context.Stop(Self);
        return true;
    }

    private Directive StopInsteadOfRestart(Exception failure)
    {
        var directive = _strategy.Decider.Decide(failure);
        if (directive != Directive.Restart) return directive;
        // With a time range the count starts anew when the range is over.
        if (_strategy.WithinTimeRangeMilliseconds > 0 && RestartCountN == 0)
            TellLater(TimeSpan.FromMilliseconds(_strategy.WithinTimeRangeMilliseconds), new BackoffSupervisor.ResetRestartCount(RestartCountN));
        if (_strategy.MaxNumberOfRetries >= 0 && RestartCountN >= _strategy.MaxNumberOfRetries)
        {
            Log.Debug("Terminating on restart #{0} which exceeds max allowed restarts ({1})", RestartCountN + 1, _strategy.MaxNumberOfRetries);
            Context.Stop(Self);
        }
        else
        {
            Become(WaitForChildToStop);
        }
        return Directive.Stop;
    }

    private bool WaitForChildToStop(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(Child):
                Become(Receive);
                Child = null;
                RestartAfterDelay();
                return true;
            case BackoffSupervisor.StartChild:
                return true; // outdated: the next one comes after this stop
            default:
                return HandleBackoff(message);
        }
    }
}
