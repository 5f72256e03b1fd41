using Akka.Event;

namespace Akka.TestKit;

/// <summary>Decides whether a log event is filtered.</summary>
public interface IEventFilter
{
    bool Apply(LogEvent logEvent);
}

/// <summary>Ends a filter that was muted for an open time.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}
