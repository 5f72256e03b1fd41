namespace Dispatcher.Actors;

/// <summary>Controlled delay: when a queue is no longer a buffer but a standing delay.</summary>
public sealed record CoDelSettings
{
    /// <summary>How long waits are watched before they say something. 1 ms to 1 minute; 100 ms is usual.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>The shortest wait of an interval may be this long. 100 us to less than the interval; 5 ms is usual.</summary>
    public required TimeSpan Target { get; init; }

    /// <summary>Whether the newest tasks are served first while a queue stands.</summary>
    public required bool NewestFirst { get; init; }
}
