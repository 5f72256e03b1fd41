namespace Dispatcher.Actors.Configuration.Contradictions;

/// <summary>Retries that never come, and errors for which two things are to be done.</summary>
internal static class FailureContradictions
{
    private static readonly string[] s_lists = ["supervision.resume-on", "supervision.stop-on", "supervision.escalate-on"];

    /// <summary>Reports them.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="settings">Its settings.</param>
    public static void Report(SettingsSection section, PoolSettings settings)
    {
        ReportRetries(section, settings, null, settings.Retries, deadline: null);
        foreach ((string type, TaskTypeSettings own) in settings.Tasks)
            ReportRetries(section, settings, type, own.Retries, own.Contract.Deadline);
        if (settings.Supervision.ResumeOn.Count + settings.Supervision.StopOn.Count + settings.Supervision.EscalateOn.Count > 1)
            ReportDirectives(section, settings.Supervision);
    }

    private static void ReportDirectives(SettingsSection section, SupervisionSettings supervision)
    {
        IReadOnlyList<string>[] lists = [supervision.ResumeOn, supervision.StopOn, supervision.EscalateOn];
        for (int i = 0; i < lists.Length - 1; i++)
        {
            foreach (string name in lists[i])
            {
                int later = Array.FindLastIndex(lists, list => list.Contains(name));
                if (later > i)
                    section.ReportNoEffect(s_lists[i], name, $"{s_lists[later]} names it too, and counts: expected each name in one list");
            }
        }
    }

    private static void ReportRetries(SettingsSection section, PoolSettings settings, string? type, RetrySettings retries, TimeSpan? deadline)
    {
        string attempts = section.KeyFor(type, TaskKeys.Attempts);
        if (retries.Attempts == 1)
            return;
        if (retries.On.Count == 0)
            section.ReportNoEffect(attempts, $"{section.KeyFor(type, TaskKeys.RetryOn)} names no error: expected one at least");
        if (settings.RetryLimits is { BudgetPercent: 0, BudgetFloor: 0 })
            section.ReportNoEffect(attempts, "retries.budget-percent and retries.budget-floor are 0, and let no retry through: expected one of them above 0");
        if (retries.BackoffFirst >= deadline)
            section.ReportDoubt(section.KeyFor(type, TaskKeys.BackoffFirst), $"most retries of {type} come too late: expected less than its deadline of {Durations.Print(deadline.Value)}");
    }
}
