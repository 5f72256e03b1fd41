using Akka.Actor;
using Akka.Util;

namespace Akka.Event;

/// <summary>Logs dead letters: the first akka.log-dead-letters of them, then none for akka.log-dead-letters-suspend-duration, and so on.</summary>
public class DeadLetterListener : ActorBase
{
    private readonly EventStream _eventStream = Context.System.EventStream;
    private readonly int _limit = Context.System.Settings.LogDeadLetters;
    private readonly TimeSpan _suspendDuration = Context.System.Settings.LogDeadLettersSuspendDuration;
    private int _count;
    private TimeSpan? _suspendedUntil;

    protected override void PreStart()
    {
        _eventStream.Subscribe(Self, typeof(DeadLetter));
        _eventStream.Subscribe(Self, typeof(Dropped));
        _eventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    // The subscriptions outlive a restart.
    protected override void PreRestart(Exception reason, object message) { }

    protected override void PostRestart(Exception reason) { }

    protected override void PostStop() => _eventStream.Unsubscribe(Self);

    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter) return false;
        if (letter.Message is not IDeadLetterSuppression) OnDeadLetter(letter);
        return true;
    }

    private void OnDeadLetter(AllDeadLetters letter)
    {
        _count = _count == int.MaxValue ? 1 : _count + 1;
        if (_suspendedUntil is { } until)
        {
            if (MonotonicClock.Elapsed < until) return;
            Log(letter, $"; {_count - _limit - 1} before it were not logged, the count restarts");
            _suspendedUntil = null;
            _count = 0;
        }
        else if (_limit == int.MaxValue || _count != _limit)
        {
            Log(letter, "");
        }
        else if (_suspendDuration == Timeout.InfiniteTimeSpan)
        {
            Log(letter, "; no more will be logged");
            Context.Stop(Self);
        }
        else
        {
            Log(letter, $"; no more will be logged for {_suspendDuration}");
            _suspendedUntil = MonotonicClock.Elapsed + _suspendDuration;
        }
    }

    private void Log(AllDeadLetters letter, string remark)
    {
        var what = WrappedMessage.Unwrap(letter.Message)?.GetType().Name ?? "null";
        var from = letter.Sender.IsNobody() ? "" : $" from {letter.Sender}";
        var why = letter switch
        {
            Dropped dropped => $"was dropped ({dropped.Reason})",
            UnhandledMessage => "was unhandled",
            _ => "was not delivered: no such actor, or it stopped first",
        };
        _eventStream.Publish(new Info(letter.Recipient.Path.ToString(), letter.Recipient.GetType(),
            $"Message [{what}]{from} to {letter.Recipient} {why}. Dead letter {_count}{remark} (see akka.log-dead-letters)."));
    }
}
