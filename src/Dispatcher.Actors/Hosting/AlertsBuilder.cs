namespace Dispatcher.Actors.Hosting;

/// <summary>Sets by code what alerts and diagnosis do, for all pools of an actor system. Code wins over configuration; what is not set comes from there.</summary>
public sealed class AlertsBuilder
{
    private readonly Dictionary<string, object> _alerts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _diagnosis = new(StringComparer.Ordinal);

    internal AlertsBuilder()
    {
    }

    internal IReadOnlyDictionary<string, object> Alerts => _alerts;

    internal IReadOnlyDictionary<string, object> Diagnosis => _diagnosis;

    /// <summary>Sends alerts to a webhook: <c>alerts.webhook.url</c> and <c>alerts.webhook.levels</c>.</summary>
    /// <param name="url">Where to: http or https.</param>
    /// <param name="levels">Which levels; none for those of the configuration.</param>
    /// <returns>This builder.</returns>
    public AlertsBuilder Webhook(Uri url, params AlertLevel[] levels)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(levels);
        Set("webhook.url", url.OriginalString);
        return levels.Length == 0 ? this : Set("webhook.levels", Names(levels));
    }

    /// <summary>Gives task failures of certain errors a level: a rule below <c>alerts.rules</c>.</summary>
    /// <param name="name">The rule's name: letters, digits, dashes.</param>
    /// <param name="level">The level; null for no alert.</param>
    /// <param name="errors">Error classes, or names of exceptions; none for all.</param>
    /// <returns>This builder.</returns>
    public AlertsBuilder OnFailure(string name, AlertLevel? level, params string[] errors) => Rule(name, level, "failed", "errors", errors);

    /// <summary>Gives task failures of a type of task a level: a rule below <c>alerts.rules</c>.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <param name="level">The level; null for no alert.</param>
    /// <returns>This builder.</returns>
    public AlertsBuilder OnFailureOf<TTask>(AlertLevel? level) => Rule($"failures-of-{typeof(TTask).Name}", level, "failed", "tasks", [typeof(TTask).Name]);

    /// <summary>Sets any setting of the alerts; see <c>hocon/reference.conf</c> for what there is.</summary>
    /// <param name="key">Its path below <c>dispatcher.alerts</c>, such as <c>window</c>.</param>
    /// <param name="value">A number, a text, a list of texts, or a <see cref="TimeSpan"/> where a duration is expected.</param>
    /// <returns>This builder.</returns>
    public AlertsBuilder Set(string key, object value) => Set(_alerts, key, value);

    /// <summary>Sets any setting of the diagnosis; see <c>hocon/reference.conf</c> for what there is.</summary>
    /// <param name="key">Its path below <c>dispatcher.diagnosis</c>, such as <c>every</c>.</param>
    /// <param name="value">A number, a text, or a <see cref="TimeSpan"/> where a duration is expected.</param>
    /// <returns>This builder.</returns>
    public AlertsBuilder SetDiagnosis(string key, object value) => Set(_diagnosis, key, value);

    private AlertsBuilder Rule(string name, AlertLevel? level, string on, string key, string[] values)
    {
        PoolNames.Verify(name);
        Set($"rules.{name}.on", new[] { on });
        Set($"rules.{name}.level", level?.ToString() ?? "none");
        return values.Length == 0 ? this : Set($"rules.{name}.{key}", values);
    }

    private AlertsBuilder Set(Dictionary<string, object> settings, string key, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        settings[key] = value;
        return this;
    }

    private static string[] Names(AlertLevel[] levels) => [.. levels.Select(static level => level.ToString())];
}
