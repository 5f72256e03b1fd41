namespace Dispatcher.Actors.Configuration;

/// <summary>Reads what a pool's types of task have of their own, and verifies that it goes together.</summary>
internal static class TaskTypeReader
{
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);

    /// <summary>Reads all types.</summary>
    /// <param name="section">The pool.</param>
    /// <param name="handlers">The pool's handlers; null for shared defaults, which may be about types of any pool.</param>
    /// <returns>The settings by the type's name: of each that has some of its own, or a handler.</returns>
    public static IReadOnlyDictionary<string, TaskTypeSettings> ReadAll(SettingsSection section, DeclaredHandlers? handlers)
    {
        // One for all types without anything of their own, however many there are. Read in any case: a bad value of the pool has to be found.
        TaskTypeSettings pool = Read(section, type: null) with { RollOut = null };
        Dictionary<string, TaskTypeSettings> all = section.Children("tasks").ToDictionary(type => type, type => Read(section, type), StringComparer.Ordinal);
        foreach (Type type in handlers?.TaskTypes ?? [])
        {
            bool isRolledOut = IsAmong(handlers!.RollOuts, type);
            if (!all.TryGetValue(type.Name, out TaskTypeSettings? own) && !isRolledOut)
            {
                all.Add(type.Name, pool);
                continue;
            }

            own ??= Read(section, type.Name);
            all[type.Name] = isRolledOut ? own : own with { RollOut = null };
            Verify(section, type, own, handlers);
        }

        if (handlers != null)
        {
            VerifyTarget(section, type: null, pool.Contract);
            VerifyPayloads(section, all, handlers);
        }

        return all;
    }

    private static TaskTypeSettings Read(SettingsSection section, string? type) => new()
    {
        Retries = FailureSettingsReader.ReadRetries(section, type),
        Contract = ReadContract(section, type),
        RollOut = ReadRollOut(section, type),
        Sources = TaskKeys.Contract.ToDictionary(key => key, key => section.SourceOf(section.KeyFor(type, key))),
    };

    private static ContractSettings ReadContract(SettingsSection section, string? type)
    {
        TimeSpan? Span(string key, TimeSpan least) => section.DurationOrOff(section.KeyFor(type, key), least, s_day);
        return new ContractSettings
        {
            Deadline = Span(TaskKeys.Deadline, s_millisecond),
            P99Target = Span(TaskKeys.P99Target, s_millisecond / 10),
            Priority = section.OneOf(
                section.KeyFor(type, TaskKeys.Priority), ("P0", TaskPriority.P0), ("P1", TaskPriority.P1), ("P2", TaskPriority.P2)),
            RunBudget = Span(TaskKeys.RunBudget, s_millisecond),
            QueueBudget = Span(TaskKeys.QueueBudget, s_millisecond),
            PayloadCap = section.Number(section.KeyFor(type, TaskKeys.PayloadCap), 0, int.MaxValue),
        };
    }

    private static RollOutSettings ReadRollOut(SettingsSection section, string? type) => new()
    {
        Share = section.Real(section.KeyFor(type, TaskKeys.Share), 0, 1),
        MinimumSamples = section.Number(section.KeyFor(type, TaskKeys.MinimumSamples), 10, 1_000_000),
        FalseAlarm = section.Real(section.KeyFor(type, TaskKeys.FalseAlarm), 1e-6, 0.5),
        ErrorMargin = section.Real(section.KeyFor(type, TaskKeys.ErrorMargin), 0, 1),
        LatencyMargin = section.Real(section.KeyFor(type, TaskKeys.LatencyMargin), 0, 100),
    };

    private static void VerifyPayloads(SettingsSection section, Dictionary<string, TaskTypeSettings> all, DeclaredHandlers handlers)
    {
        if (handlers.Measured.Count == 0 && section.IsNumber(TaskKeys.PayloadCap, out int cap) && cap > 0)
            section.ReportNoEffect(TaskKeys.PayloadCap, "no type of task says its size: expected IPayloadSize, or a measure in the builder");
        foreach (Type type in handlers.MeasuredByCode.Where(type => all.TryGetValue(type.Name, out TaskTypeSettings? own) && own.Contract.PayloadCap == 0))
            section.ReportBad(section.KeyFor(type.Name, TaskKeys.PayloadCap), "0", $"the payloads of {type.Name} that the builder measures have no effect without a cap");
    }

    private static void VerifyTarget(SettingsSection section, string? type, ContractSettings contract)
    {
        if (contract.Deadline is { } deadline && contract.P99Target > deadline)
            section.ReportConflict(section.KeyFor(type, TaskKeys.P99Target), $"above the deadline{(type == null ? "" : $" of {type}")}: expected at most {Durations.Print(deadline)}");
    }

    private static void Verify(SettingsSection section, Type type, TaskTypeSettings settings, DeclaredHandlers handlers)
    {
        ContractSettings contract = settings.Contract;
        VerifyTarget(section, type.Name, contract);
        // What the type sets itself; a pool's value is for all types, and need not fit each of them.
        void VerifyBelow(string key, TimeSpan? value, TimeSpan? limit, string name)
        {
            if (limit is { } most && value > most)
                section.ReportNoEffect(TaskKeys.Of(type.Name, key), $"the {name} of {type.Name} comes first, after {Durations.Print(most)}");
        }

        void ReportNoEffect(IReadOnlyList<string> keys, string why)
        {
            foreach (string key in keys)
                section.ReportNoEffect(TaskKeys.Of(type.Name, key), why);
        }

        VerifyBelow(TaskKeys.QueueBudget, contract.QueueBudget, contract.Deadline, "deadline");
        VerifyBelow(TaskKeys.RunBudget, contract.RunBudget, contract.Deadline, "deadline");
        VerifyBelow(TaskKeys.TryTimeout, settings.Retries.TryTimeout, contract.Deadline, "deadline");
        VerifyBelow(TaskKeys.TryTimeout, settings.Retries.TryTimeout, contract.RunBudget, "run budget");
        if (!IsAmong(handlers.Measured, type) && contract.PayloadCap != 0)
            section.ReportNoEffect(TaskKeys.Of(type.Name, TaskKeys.PayloadCap), $"{type.Name} does not say its size: expected IPayloadSize, or a measure in the builder");
        if (!IsAmong(handlers.Fallbacks, type))
            ReportNoEffect(TaskKeys.Fallback, $"the pool has no fallback handler for {type.Name}");
        if (!IsAmong(handlers.RollOuts, type))
            ReportNoEffect(TaskKeys.RollOut, $"the handler of {type.Name} has no second version in the pool");
    }

    // By name, as settings are: types of one name share theirs.
    private static bool IsAmong(IReadOnlyCollection<Type> types, Type type) => types.Any(other => other.Name == type.Name);
}
