namespace Dispatcher.Actors.Configuration;

/// <summary>What becomes of workers that fail. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>, below <c>supervision</c>.</summary>
public sealed record SupervisionSettings
{
    /// <summary><c>resume-on</c></summary>
    public required IReadOnlyList<string> ResumeOn { get; init; }

    /// <summary><c>stop-on</c></summary>
    public required IReadOnlyList<string> StopOn { get; init; }

    /// <summary><c>escalate-on</c></summary>
    public required IReadOnlyList<string> EscalateOn { get; init; }

    /// <summary><c>escalate-after</c>; null for off.</summary>
    public required int? EscalateAfter { get; init; }

    /// <summary><c>backoff-after</c></summary>
    public required int BackoffAfter { get; init; }

    /// <summary><c>backoff-first</c></summary>
    public required TimeSpan BackoffFirst { get; init; }

    /// <summary><c>backoff-max</c></summary>
    public required TimeSpan BackoffMax { get; init; }
}
