using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Alerts;

/// <summary>
/// Gives each occurrence the level of the rule that fits it best: one that names the task's type before one that does not, then one that names the error, then
/// one that names the pool; of those that say the same, the most urgent.
/// </summary>
internal sealed class AlertPolicy
{
    private readonly (AlertRule Rule, ErrorPattern[] Errors)[] _rules;

    /// <summary>Makes a policy.</summary>
    /// <param name="rules">The rules, in any order.</param>
    public AlertPolicy(IEnumerable<AlertRule> rules) =>
        _rules = [.. rules
            .OrderByDescending(static rule => (Says(rule.Tasks) * 4) + (Says(rule.Errors) * 2) + Says(rule.Pools))
            .ThenBy(static rule => rule.Level is { } level ? (int)level : int.MaxValue)
            .ThenBy(static rule => rule.Name, StringComparer.Ordinal)
            .Select(static rule => (rule, ErrorPattern.ParseAll(rule.Errors)))];

    /// <summary>Whether any rule could give an event a level.</summary>
    /// <param name="event">The event.</param>
    public bool Cares(AlertEvent @event) => _rules.Any(entry => entry.Rule.Level != null && entry.Rule.On.Contains(@event));

    /// <summary>The rule that fits best.</summary>
    /// <param name="occurrence">What has happened.</param>
    /// <returns>The rule; null where none fits.</returns>
    public AlertRule? Find(in Occurrence occurrence)
    {
        foreach ((AlertRule rule, ErrorPattern[] errors) in _rules)
        {
            if (Fits(rule, errors, occurrence))
                return rule;
        }

        return null;
    }

    private static int Says(IReadOnlyList<string> names) => names.Count == 0 ? 0 : 1;

    private static bool Fits(AlertRule rule, ErrorPattern[] errors, in Occurrence occurrence) =>
        Contains(rule.On, occurrence.Event)
        && IsAmong(rule.Pools, occurrence.Pool)
        && IsAmong(rule.Tasks, occurrence.Subject)
        && (errors.Length == 0 || (occurrence.Error is { } error && ErrorPattern.AnyMatches(errors, error, occurrence.ErrorClass ?? "")));

    private static bool Contains(IReadOnlyList<AlertEvent> events, AlertEvent wanted)
    {
        for (int i = 0; i < events.Count; i++)
        {
            if (events[i] == wanted)
                return true;
        }

        return false;
    }

    private static bool IsAmong(IReadOnlyList<string> names, string? name)
    {
        if (names.Count == 0)
            return true;
        for (int i = 0; i < names.Count && name != null; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
