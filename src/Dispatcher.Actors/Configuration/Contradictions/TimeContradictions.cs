namespace Dispatcher.Actors.Configuration.Contradictions;

/// <summary>Times that are over before others can count.</summary>
internal static class TimeContradictions
{
    private static readonly string[] s_limits = [TaskKeys.Deadline, TaskKeys.RunBudget, TaskKeys.QueueBudget, TaskKeys.TryTimeout];

    /// <summary>Reports them.</summary>
    /// <param name="section">The pool's section.</param>
    /// <param name="settings">Its settings.</param>
    public static void Report(SettingsSection section, PoolSettings settings)
    {
        // Few pools have limits, and a start has no time to lose.
        if (HasLimits(settings))
            ReportBehindDeadlines(section, settings);
        ReportPaces(section, settings);
        foreach (string key in s_limits)
            ReportTooFine(section, settings, null, key);
        foreach (string type in settings.Tasks.Keys)
        {
            foreach (string key in s_limits)
                ReportTooFine(section, settings, type, key);
            ReportTarget(section, settings, type);
        }

        ReportScaling(section, settings);
    }

    private static bool HasLimits(PoolSettings settings)
    {
        foreach (TaskTypeSettings type in settings.Tasks.Values)
        {
            if (type.Contract.Deadline.HasValue || type.Contract.RunBudget.HasValue)
                return true;
        }

        return false;
    }

    // A budget of the pool is for all types without one of their own, and should count for one of them. A doubt only: a caller may give a task a later deadline.
    private static void ReportBehindDeadlines(SettingsSection section, PoolSettings settings)
    {
        void Verify(string key, TimeSpan? value, Func<TaskTypeSettings, TimeSpan?> limit, string name)
        {
            List<TimeSpan?> limits = [.. settings.Tasks.Where(type => section.KeyFor(type.Key, key) == key).Select(type => limit(type.Value))];
            if (value != null && limits.Count > 0 && limits.All(most => value > most))
                section.ReportDoubt(key, $"the {name} of every type of task comes first: expected at most {Durations.Print(limits.Max()!.Value)}");
        }

        Verify(TaskKeys.QueueBudget, settings.QueueBudget, static type => type.Contract.Deadline, "deadline");
        Verify(TaskKeys.TryTimeout, settings.Retries.TryTimeout, static type => Sooner(type.Contract.Deadline, type.Contract.RunBudget), "deadline or run budget");
        Verify("admission.rate.max-delay", settings.Admission.Rate?.MaxDelay, static type => type.Contract.Deadline, "deadline");
        Verify(TaskKeys.RunBudget, section.SpanOf(TaskKeys.RunBudget), static type => type.Contract.Deadline, "deadline");
    }

    private static void ReportPaces(SettingsSection section, PoolSettings settings)
    {
        foreach ((string type, TypeAdmissionSettings own) in settings.Admission.Types)
        {
            if (own.Rate?.MaxDelay is { } delay && settings.Tasks.TryGetValue(type, out TaskTypeSettings? task) && delay > task.Contract.Deadline)
                section.ReportNoEffect($"tasks.{type}.admission.rate.max-delay", $"the deadline of {type} comes first, after {Durations.Print(task.Contract.Deadline.Value)}");
        }

        if (settings.Admission.CoDel is { } codel && codel.Target >= settings.QueueBudget)
            section.ReportDoubt("admission.codel.target", $"tasks leave the queue before, by queue.budget: expected less than {Durations.Print(settings.QueueBudget.Value)}");
        if (settings.Admission.Breaker?.SlowAfter is { } slow && slow >= settings.Retries.TryTimeout)
            section.ReportDoubt("admission.breaker.slow-after", $"calls are stopped before, by retries.try-timeout: expected less than {Durations.Print(settings.Retries.TryTimeout.Value)}");
    }

    private static void ReportTooFine(SettingsSection section, PoolSettings settings, string? type, string key)
    {
        if (type != null && section.KeyFor(type, key) == key)
            return;
        TimeSpan? limit = section.SpanOf(section.KeyFor(type, key));
        if (limit < settings.DeadlineResolution)
            section.ReportDoubt(section.KeyFor(type, key), $"noticed late, as looks are {Durations.Print(settings.DeadlineResolution)} apart: expected at least deadline-resolution");
    }

    private static void ReportTarget(SettingsSection section, PoolSettings settings, string type)
    {
        TimeSpan wait = settings.Scaling.Slo.TargetWait;
        if (settings.Scaling.Policy == ScalingKind.Slo && settings.Tasks[type].Contract.P99Target <= wait)
            section.ReportDoubt(section.KeyFor(type, TaskKeys.P99Target), $"the pool lets tasks wait for longer, by scaling.slo.target-wait: expected more than {Durations.Print(wait)}");
    }

    private static void ReportScaling(SettingsSection section, PoolSettings settings)
    {
        TimeSpan tick = settings.Scaling.Tick;
        if (settings.Scaling.Policy == ScalingKind.Off)
            return;
        if (settings.Scaling.IdleTimeout < tick)
            section.ReportDoubt("scaling.idle-timeout", $"nothing is decided between two ticks: expected scaling.tick = {Durations.Print(tick)} at least");
        if (settings.Scaling.Policy == ScalingKind.Slo && settings.Scaling.Slo.ShrinkWindow < tick)
            section.ReportDoubt("scaling.slo.shrink-window", $"nothing is decided between two ticks: expected scaling.tick = {Durations.Print(tick)} at least");
    }

    private static TimeSpan? Sooner(TimeSpan? a, TimeSpan? b) => a == null || b < a ? b ?? a : a;
}
