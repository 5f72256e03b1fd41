namespace Dispatcher.Actors.Alerts;

/// <summary>The alerts of an actor system's pools, read and validated. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record AlertSettings
{
    /// <summary><c>alerts.enabled</c></summary>
    public required bool Enabled { get; init; }

    /// <summary><c>alerts.window</c></summary>
    public required TimeSpan Window { get; init; }

    /// <summary><c>alerts.max-open</c></summary>
    public required int MaxOpen { get; init; }

    /// <summary><c>alerts.respond</c>, by level.</summary>
    public required IReadOnlyList<TimeSpan> RespondWithin { get; init; }

    /// <summary><c>alerts.log.levels</c></summary>
    public required IReadOnlyList<AlertLevel> LogLevels { get; init; }

    /// <summary><c>alerts.webhook</c>; null for off.</summary>
    public required WebhookSettings? Webhook { get; init; }

    /// <summary><c>alerts.rules</c></summary>
    public required IReadOnlyList<AlertRule> Rules { get; init; }
}
