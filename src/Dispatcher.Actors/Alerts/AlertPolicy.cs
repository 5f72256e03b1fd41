namespace Dispatcher.Actors.Alerts;

/// <summary>
/// Gives each occurrence the level of the rule that fits it best: one that names the task's type before one that does not, then one that names the error, then
/// one that names the pool; of those that say the same, the most urgent.
/// </summary>
internal sealed class AlertPolicy
{
    private readonly AlertRule[] _rules;

    /// <summary>Makes a policy.</summary>
    /// <param name="rules">The rules, in any order.</param>
    public AlertPolicy(IEnumerable<AlertRule> rules) =>
        _rules = [.. rules
            .OrderByDescending(static rule => (Says(rule.Tasks) * 4) + (Says(rule.Errors) * 2) + Says(rule.Pools))
            .ThenBy(static rule => rule.Level is { } level ? (int)level : int.MaxValue)
            .ThenBy(static rule => rule.Name, StringComparer.Ordinal)];

    /// <summary>Whether any rule could give an event a level.</summary>
    /// <param name="event">The event.</param>
    public bool Cares(AlertEvent @event) => _rules.Any(rule => rule.Level != null && rule.On.Contains(@event));

    /// <summary>The rule that fits best.</summary>
    /// <param name="occurrence">What has happened.</param>
    /// <returns>The rule; null where none fits.</returns>
    public AlertRule? Find(in Occurrence occurrence)
    {
        foreach (AlertRule rule in _rules)
        {
            if (Fits(rule, occurrence))
                return rule;
        }

        return null;
    }

    private static int Says(IReadOnlyList<string> names) => names.Count == 0 ? 0 : 1;

    private static bool Fits(AlertRule rule, in Occurrence occurrence) =>
        Contains(rule.On, occurrence.Event)
        && IsAmong(rule.Pools, occurrence.Pool)
        && IsAmong(rule.Tasks, occurrence.Subject)
        && (rule.Errors.Count == 0 || IsOf(rule.Errors, occurrence.ErrorClass, occurrence.Error));

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

    // The error class, or the exception's type or one that it derives from.
    private static bool IsOf(IReadOnlyList<string> errors, string? errorClass, Exception? error)
    {
        for (int i = 0; i < errors.Count; i++)
        {
            if (errorClass != null && IsNamed(errorClass, errors[i]))
                return true;
            for (Type? type = error?.GetType(); type != null && type != typeof(object); type = type.BaseType)
            {
                if (IsNamed(type.Name, errors[i]) || IsNamed(type.FullName ?? "", errors[i]))
                    return true;
            }
        }

        return false;
    }

    private static bool IsNamed(string name, string pattern) =>
        pattern.EndsWith('*') ? name.AsSpan().StartsWith(pattern.AsSpan()[..^1], StringComparison.Ordinal) : string.Equals(name, pattern, StringComparison.Ordinal);
}
