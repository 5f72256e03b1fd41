using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Configuration;

/// <summary>Reads what a pool does about failures.</summary>
internal static class FailureSettingsReader
{
    /// <summary>When a task is tried again.</summary>
    /// <param name="section">The pool.</param>
    /// <param name="type">The type of task; null for the pool's own. What the type does not set is the pool's.</param>
    public static RetrySettings ReadRetries(SettingsSection section, string? type)
    {
        string Key(string key) => section.KeyFor(type, key);
        TimeSpan first = section.Duration(Key(TaskKeys.BackoffFirst), RetryBounds.Shortest, RetryBounds.Longest);
        return new RetrySettings
        {
            Attempts = section.Number(Key(TaskKeys.Attempts), 1, RetryBounds.MaxAttempts),
            TryTimeout = section.DurationOrOff(Key(TaskKeys.TryTimeout), RetryBounds.Shortest, RetryBounds.Longest),
            On = section.Texts(Key(TaskKeys.RetryOn), IsPattern, ErrorPattern.Expected),
            BackoffFirst = first,
            BackoffMax = section.Duration(Key(TaskKeys.BackoffMax), first, RetryBounds.Longest),
        };
    }

    /// <summary>What bounds the retries of all tasks together.</summary>
    /// <param name="section">The pool.</param>
    public static RetryLimits ReadLimits(SettingsSection section) => new()
    {
        BudgetPercent = section.Number("retries.budget-percent", 0, 1000),
        BudgetFloor = section.Number("retries.budget-floor", 0, 1_000_000),
        MaxDelayed = section.Number("retries.max-delayed", 1, 1 << 20),
        PoisonAfter = section.Number("retries.poison-after", 1, RetryBounds.MaxPoison),
    };

    /// <summary>What becomes of workers that fail.</summary>
    /// <param name="section">The pool.</param>
    public static SupervisionSettings ReadSupervision(SettingsSection section)
    {
        TimeSpan first = section.Duration("supervision.backoff-first", RetryBounds.Shortest, RetryBounds.Longest);
        return new SupervisionSettings
        {
            ResumeOn = section.Texts("supervision.resume-on", IsPattern, ErrorPattern.Expected),
            StopOn = section.Texts("supervision.stop-on", IsPattern, ErrorPattern.Expected),
            EscalateOn = section.Texts("supervision.escalate-on", IsPattern, ErrorPattern.Expected),
            EscalateAfter = section.NumberOrOff("supervision.escalate-after", 1, 1_000_000),
            BackoffAfter = section.Number("supervision.backoff-after", 1, 1_000_000),
            BackoffFirst = first,
            BackoffMax = section.Duration("supervision.backoff-max", first, RetryBounds.Longest),
        };
    }

    private static bool IsPattern(string text) => ErrorPattern.TryParse(text, out _);
}
