namespace Dispatcher.Actors.Alerts;

/// <summary>Which occurrences get which level. Each empty list stands for all there are.</summary>
public sealed record AlertRule
{
    /// <summary>Its name below <c>alerts.rules</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>level</c>; null for none: no alert.</summary>
    public required AlertLevel? Level { get; init; }

    /// <summary><c>on</c></summary>
    public required IReadOnlyList<AlertEvent> On { get; init; }

    /// <summary><c>errors</c>: names of errors, as retries have them.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary><c>tasks</c></summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary><c>pools</c></summary>
    public IReadOnlyList<string> Pools { get; init; } = [];
}
