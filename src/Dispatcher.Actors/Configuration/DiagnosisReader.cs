using Akka.Configuration;
using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Configuration;

/// <summary>Reads and validates <c>dispatcher.diagnosis</c>.</summary>
internal static class DiagnosisReader
{
    private const string Path = "dispatcher.diagnosis";

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private static readonly string[] s_keys =
    [
        "kept", "tasks.limit", "tasks.factor", "tasks.least", "tasks.enough", "tasks.watched", "queue.looks", "threads.wait", "heap.collections",
        "heap.growth-percent", "heap.least-mib",
    ];

    /// <summary>Reads it.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="code">What was set by code, by the key's path below.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsException">Something is wrong; it names everything that is.</exception>
    public static DiagnosisSettings Read(Config config, IReadOnlyDictionary<string, object> code)
    {
        List<SettingsError> errors = [];
        DiagnosisSettings settings = Read(config, code, errors);
        return errors.Count == 0 ? settings : throw new SettingsException(errors);
    }

    /// <summary>The same together with others.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="code">What was set by code.</param>
    /// <param name="errors">Where errors go.</param>
    /// <returns>The settings; of no use where there are errors.</returns>
    public static DiagnosisSettings Read(Config config, IReadOnlyDictionary<string, object> code, List<SettingsError> errors) =>
        Read(new SettingsSection(Path, SettingsSection.Of(config, Path, errors), ReferenceConfig.Value.GetConfig(Path)!, code, errors));

    private static DiagnosisSettings Read(SettingsSection section)
    {
        TimeSpan least = section.Duration("tasks.least", s_second, s_day);
        DiagnosisSettings settings = new()
        {
            Every = section.DurationOrOff("every", s_second, TimeSpan.FromHours(1)),
            Kept = section.Number("kept", 1, 4096),
            TaskLeast = least,
            TaskLimit = section.Duration("tasks.limit", least, s_day),
            TaskFactor = section.Real("tasks.factor", 1, 1000),
            TaskEnough = section.Number("tasks.enough", 1, 1_000_000),
            TasksWatched = section.Number("tasks.watched", 1, 1_000_000),
            QueueLooks = section.Number("queue.looks", 2, 1000),
            ThreadWait = section.Duration("threads.wait", TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)),
            HeapCollections = section.Number("heap.collections", 2, 1000),
            HeapGrowthPercent = section.Number("heap.growth-percent", 1, 1000),
            HeapLeastMib = section.Number("heap.least-mib", 1, 1_000_000),
        };
        foreach (string key in s_keys.Where(key => settings.Every == null && section.Differs(key)))
            section.ReportNoEffect(key, "every is off");
        section.ReportUnknown();
        return settings;
    }
}
