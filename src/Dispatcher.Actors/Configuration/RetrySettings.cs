namespace Dispatcher.Actors.Configuration;

/// <summary>When and how often a failed task is tried again. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>, below <c>retries</c>.</summary>
public sealed record RetrySettings
{
    /// <summary><c>attempts</c></summary>
    public required int Attempts { get; init; }

    /// <summary><c>try-timeout</c>; null for off.</summary>
    public required TimeSpan? TryTimeout { get; init; }

    /// <summary><c>on</c></summary>
    public required IReadOnlyList<string> On { get; init; }

    /// <summary><c>backoff-first</c></summary>
    public required TimeSpan BackoffFirst { get; init; }

    /// <summary><c>backoff-max</c></summary>
    public required TimeSpan BackoffMax { get; init; }
}
