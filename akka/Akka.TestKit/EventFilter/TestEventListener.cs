using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>The logger of a system under test: prints what the <see cref="DefaultLogger"/> prints, but for events that a muted filter matches.</summary>
public class TestEventListener : DefaultLogger
{
    private readonly List<LogEventFilter> _filters = [];

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger initialize:
                foreach (var type in (Type[])[typeof(Mute), typeof(Unmute), typeof(DeadLetter), typeof(UnhandledMessage)]) initialize.LoggingBus.Subscribe(Self, type);
                return base.Receive(message);
            case Mute mute:
                _filters.AddRange(mute.Filters);
                return true;
            case Unmute unmute:
                foreach (var filter in unmute.Filters) _filters.Remove(filter);
                return true;
            case LogEvent logEvent:
                return IsFiltered(logEvent) || base.Receive(logEvent);
            case DeadLetter { Message: not Terminate } letter:
                // Only for filters to match: the system's dead letter listener logs it.
                IsFiltered(new Warning(letter.Recipient.Path.ToString(), letter.Recipient.GetType(), letter));
                return true;
            case UnhandledMessage unhandled:
                var warning = new Warning(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(), $"Unhandled message from {unhandled.Sender}: {unhandled.Message}");
                return IsFiltered(warning) || base.Receive(warning);
            default:
                return true;
        }
    }

    private bool IsFiltered(LogEvent logEvent)
    {
        foreach (var filter in _filters)
        {
            if (filter.Apply(logEvent)) return true;
        }
        return false;
    }
}
