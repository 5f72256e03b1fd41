using Akka.Configuration;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Configuration;

/// <summary>Reads and validates <c>dispatcher.alerts</c>.</summary>
internal static class AlertsReader
{
    private const string Path = "dispatcher.alerts";
    private const string Url = "webhook.url";

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    private static readonly (string Word, AlertLevel Meaning)[] s_levels = [("P0", AlertLevel.P0), ("P1", AlertLevel.P1), ("P2", AlertLevel.P2)];

    private static readonly (string Word, AlertEvent Meaning)[] s_events =
    [
        ("failed", AlertEvent.Failed), ("abandoned", AlertEvent.Abandoned), ("breaker-open", AlertEvent.BreakerOpen), ("task-never-ends", AlertEvent.TaskNeverEnds),
        ("handler-stuck", AlertEvent.HandlerStuck),
        ("queue-grows", AlertEvent.QueueGrows), ("threads-starved", AlertEvent.ThreadsStarved), ("heap-grows", AlertEvent.HeapGrows), ("pool-gave-up", AlertEvent.PoolGaveUp),
    ];

    // Some of these have effect only in company.
    private static readonly string[] s_webhook =
        ["webhook.levels", "webhook.queue", "webhook.timeout", "webhook.attempts", "webhook.backoff-first", "webhook.backoff-max"];

    private static readonly string[] s_backoffs = ["webhook.backoff-first", "webhook.backoff-max"];

    private static readonly string[] s_all = ["window", "max-open", "respond.p0", "respond.p1", "respond.p2", "log.levels", Url];

    /// <summary>Reads it.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="code">What was set by code, by the key's path below.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsException">Something is wrong; it names everything that is.</exception>
    public static AlertSettings Read(Config config, IReadOnlyDictionary<string, object> code)
    {
        List<SettingsError> errors = [];
        AlertSettings settings = Read(config, code, errors);
        return errors.Count == 0 ? settings : throw new SettingsException(errors);
    }

    /// <summary>The same together with others.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="code">What was set by code.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>The settings; of no use where there are errors.</returns>
    public static AlertSettings Read(Config config, IReadOnlyDictionary<string, object> code, List<SettingsError> errors) =>
        Read(new SettingsSection(Path, SettingsSection.Of(config, Path, errors), ReferenceConfig.Value.GetConfig(Path)!, code, errors));

    private static AlertSettings Read(SettingsSection section)
    {
        bool enabled = section.OnOrOff("enabled");
        TimeSpan p0 = section.Duration("respond.p0", s_second, TimeSpan.FromDays(1));
        TimeSpan p1 = section.Duration("respond.p1", p0, TimeSpan.FromDays(7));
        AlertSettings settings = new()
        {
            Enabled = enabled,
            Window = section.Duration("window", s_second, TimeSpan.FromDays(1)),
            MaxOpen = section.Number("max-open", 1, 100_000),
            RespondWithin = [p0, p1, section.Duration("respond.p2", p1, TimeSpan.FromDays(30))],
            LogLevels = section.Words("log.levels", s_levels),
            Webhook = ReadWebhook(section),
            Rules = [.. section.Children("rules").Select(name => ReadRule(section, name))],
        };
        foreach (string key in s_all.Where(key => !enabled && section.Differs(key)))
            section.ReportNoEffect(key, key == Url ? SettingsSection.Hidden : section.Show(key), "enabled is off");
        section.ReportUnknown();
        return settings;
    }

    private static WebhookSettings? ReadWebhook(SettingsSection section)
    {
        Uri? url = section.UrlOrOff(Url);
        TimeSpan first = section.Duration("webhook.backoff-first", s_millisecond, TimeSpan.FromHours(1));
        WebhookSettings settings = new()
        {
            Url = url!,
            Levels = section.Words("webhook.levels", s_levels),
            Queue = section.Number("webhook.queue", 1, 100_000),
            Timeout = section.Duration("webhook.timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            Attempts = section.Number("webhook.attempts", 1, 100),
            BackoffFirst = first,
            BackoffMax = section.Duration("webhook.backoff-max", first, TimeSpan.FromHours(1)),
        };
        foreach (string key in s_webhook.Where(key => url == null && section.Differs(key)))
            section.ReportNoEffect(key, "webhook.url is off");
        if (url != null && section.Names("webhook.levels").Count == 0)
            section.ReportBad("webhook.levels", "[]", "expected one level at least: without, nothing is sent");
        foreach (string key in s_backoffs.Where(key => url != null && settings.Attempts == 1 && section.Differs(key)))
            section.ReportNoEffect(key, "webhook.attempts is 1");
        return url == null ? null : settings;
    }

    private static AlertRule ReadRule(SettingsSection section, string name)
    {
        string rule = $"rules.{name}";
        IReadOnlyList<AlertEvent> on = section.Words(rule + ".on", s_events);
        IReadOnlyList<string> errors = section.Has(rule + ".errors")
            ? section.Texts(rule + ".errors", static text => ErrorPattern.TryParse(text, out _), ErrorPattern.Expected)
            : [];
        if (on.Count == 0)
            section.ReportBad(rule + ".on", "[]", "expected one event at least");
        else if (errors.Count > 0 && !on.Contains(AlertEvent.Failed))
            section.ReportNoEffect(rule + ".errors", errors[0], "the rule is not on failed");
        return new AlertRule
        {
            Name = name,
            On = on,
            Errors = errors,
            Tasks = Optional(section, rule + ".tasks"),
            Pools = Optional(section, rule + ".pools"),
            Level = section.OneOf<AlertLevel?>(rule + ".level", ("none", null), ("P0", AlertLevel.P0), ("P1", AlertLevel.P1), ("P2", AlertLevel.P2)),
        };
    }

    // Without a value, the rule is for all.
    private static IReadOnlyList<string> Optional(SettingsSection section, string key) => section.Has(key) ? section.Names(key) : [];
}
