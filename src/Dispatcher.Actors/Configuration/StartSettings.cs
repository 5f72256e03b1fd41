using Akka.Configuration;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Configuration;

/// <summary>All that starts together, read and validated as a whole: who starts it learns of every error at once.</summary>
/// <param name="Pools">The settings of the pools, by name.</param>
/// <param name="Alerts">Those of the alerts.</param>
/// <param name="Diagnosis">Those of the diagnosis.</param>
/// <param name="Doubts">What works and is hardly meant.</param>
internal sealed record StartSettings(
    IReadOnlyDictionary<string, PoolSettings> Pools, AlertSettings Alerts, DiagnosisSettings Diagnosis, IReadOnlyList<SettingsError> Doubts)
{
    private static readonly AlertEvent[] s_ofDiagnosis = [AlertEvent.TaskNeverEnds, AlertEvent.QueueGrows, AlertEvent.ThreadsStarved, AlertEvent.HeapGrows, AlertEvent.HandlerStuck];

    /// <summary>Reads it.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="pools">The pools.</param>
    /// <param name="alerts">What code sets of the alerts, by the key's path below.</param>
    /// <param name="diagnosis">What code sets of the diagnosis.</param>
    /// <param name="areAll">Whether these are all pools that the system will have.</param>
    /// <exception cref="SettingsException">Something is wrong; it names everything that is, each once.</exception>
    public static StartSettings Read(
        Config config, IReadOnlyList<PoolDescription> pools, IReadOnlyDictionary<string, object> alerts, IReadOnlyDictionary<string, object> diagnosis, bool areAll)
    {
        List<SettingsError> errors = [], doubts = [];
        SystemReader.Verify(config, errors);
        StartSettings settings = new(
            pools.ToDictionary(pool => pool.Name, pool => SettingsReader.ReadPool(config, pool.Name, pool.Code, pool.Handlers, errors, doubts), StringComparer.Ordinal),
            AlertsReader.Read(config, alerts, errors),
            DiagnosisReader.Read(config, diagnosis, errors),
            doubts);
        if (errors.Count > 0)
            throw new SettingsException(errors);
        if (areAll)
            ReportOtherPools(config, [.. settings.Pools.Keys], doubts);
        if (settings.Diagnosis.Every == null)
            ReportIdleRules(settings.Alerts, doubts);
        return settings;
    }

    // A doubt only: one file may be for several programs.
    private static void ReportOtherPools(Config config, IReadOnlyList<string> pools, List<SettingsError> doubts)
    {
        Config section = SettingsSection.Of(config, SettingsReader.PoolsPath, []);
        if (section.IsEmpty)
            return;
        foreach (string name in section.AsEnumerable().Select(static entry => entry.Key).Except(pools))
        {
            string hint = Suggestions.For(name, pools) is { } near ? $"; did you mean '{near}'?" : "";
            doubts.Add(new SettingsError($"{SettingsReader.PoolsPath}.{name}", null, $"there is no pool of this name: expected one of {string.Join(", ", pools)}{hint}"));
        }
    }

    // Those of the library are for systems with and without diagnosis.
    private static void ReportIdleRules(AlertSettings alerts, List<SettingsError> doubts)
    {
        const string Rules = "dispatcher.alerts.rules";
        foreach (AlertRule rule in alerts.Rules.Where(rule => !ReferenceConfig.Value.HasPath($"{Rules}.{rule.Name}") && rule.On.All(s_ofDiagnosis.Contains)))
            doubts.Add(new SettingsError($"{Rules}.{rule.Name}.on", $"[{string.Join(", ", rule.On)}]", "found by the diagnosis only: expected dispatcher.diagnosis.every to be on"));
    }
}
