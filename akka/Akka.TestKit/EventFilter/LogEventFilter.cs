using Akka.Event;

namespace Akka.TestKit;

/// <summary>A filter with a name for failure messages, which tells its appliers about each event that it matches.</summary>
internal sealed class LogEventFilter(string name, Func<LogEvent, bool> isMatch) : IEventFilter
{
    public event Action? Matched;

    public bool Apply(LogEvent logEvent)
    {
        if (!isMatch(logEvent)) return false;
        Matched?.Invoke();
        return true;
    }

    public override string ToString() => name;
}

/// <summary>Installs filters in the <see cref="TestEventListener"/>s of the event stream's system.</summary>
internal sealed record Mute(IReadOnlyList<LogEventFilter> Filters);

/// <summary>Removes filters from the <see cref="TestEventListener"/>s of the event stream's system.</summary>
internal sealed record Unmute(IReadOnlyList<LogEventFilter> Filters);
