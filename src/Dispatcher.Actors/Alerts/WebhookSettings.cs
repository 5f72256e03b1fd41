namespace Dispatcher.Actors.Alerts;

/// <summary>The webhook that alerts are sent to, read and validated. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record WebhookSettings
{
    /// <summary><c>alerts.webhook.url</c>. May hold a secret: it is never logged.</summary>
    public required Uri Url { get; init; }

    /// <summary><c>alerts.webhook.levels</c></summary>
    public required IReadOnlyList<AlertLevel> Levels { get; init; }

    /// <summary><c>alerts.webhook.queue</c></summary>
    public required int Queue { get; init; }

    /// <summary><c>alerts.webhook.timeout</c></summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary><c>alerts.webhook.attempts</c></summary>
    public required int Attempts { get; init; }

    /// <summary><c>alerts.webhook.backoff-first</c></summary>
    public required TimeSpan BackoffFirst { get; init; }

    /// <summary><c>alerts.webhook.backoff-max</c></summary>
    public required TimeSpan BackoffMax { get; init; }
}
