using System.Globalization;

namespace Dispatcher.Actors;

/// <summary>
/// Something that a person should know of. Like ones within a window are one alert: the first is sent at once, the others are counted and sent as one when the
/// window ends. Published on the actor system's event stream, and sent to the channels of its level.
/// </summary>
public sealed record Alert
{
    /// <summary>Why it is sent.</summary>
    public required AlertState State { get; init; }

    /// <summary>How urgent it is.</summary>
    public required AlertLevel Level { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertEvent Event { get; init; }

    /// <summary>The rule below <c>alerts.rules</c> that has given it its level.</summary>
    public required string Rule { get; init; }

    /// <summary>The pool; null where it is about the process.</summary>
    public string? Pool { get; init; }

    /// <summary>The type of task, or the name of the circuit breaker; null where it is about neither.</summary>
    public string? Subject { get; init; }

    /// <summary>The error class; null where there is no error.</summary>
    public string? ErrorClass { get; init; }

    /// <summary>What has happened, in one line for a person.</summary>
    public required string Text { get; init; }

    /// <summary>The trace of the task that it was first seen at; null for none.</summary>
    public string? TraceId { get; init; }

    /// <summary>How often it has happened in its window.</summary>
    public required long Count { get; init; }

    /// <summary>When it happened for the first time, by the wall clock.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When it happened last.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>When somebody should have responded.</summary>
    public required DateTimeOffset RespondBy { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{FirstAt:HH:mm:ss} {Level} {State} ({Event}, {Count} time(s)): {Text}");
}
