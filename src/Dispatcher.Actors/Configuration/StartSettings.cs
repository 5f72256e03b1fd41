using Akka.Configuration;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Diagnosis;

namespace Dispatcher.Actors.Configuration;

/// <summary>All that starts together, read and validated as a whole: who starts it learns of every error at once.</summary>
/// <param name="Pools">The settings of the pools, by name.</param>
/// <param name="Alerts">Those of the alerts.</param>
/// <param name="Diagnosis">Those of the diagnosis.</param>
internal sealed record StartSettings(IReadOnlyDictionary<string, PoolSettings> Pools, AlertSettings Alerts, DiagnosisSettings Diagnosis)
{
    /// <summary>Reads it.</summary>
    /// <param name="config">The whole configuration.</param>
    /// <param name="pools">The pools.</param>
    /// <param name="alerts">What code sets of the alerts, by the key's path below.</param>
    /// <param name="diagnosis">What code sets of the diagnosis.</param>
    /// <exception cref="SettingsException">Something is wrong; it names everything that is, each once.</exception>
    public static StartSettings Read(
        Config config, IReadOnlyList<PoolDescription> pools, IReadOnlyDictionary<string, object> alerts, IReadOnlyDictionary<string, object> diagnosis)
    {
        List<SettingsError> errors = [];
        SystemReader.Verify(config, errors);
        StartSettings settings = new(
            pools.ToDictionary(pool => pool.Name, pool => SettingsReader.ReadPool(config, pool.Name, pool.Code, pool.Handlers, errors), StringComparer.Ordinal),
            AlertsReader.Read(config, alerts, errors),
            DiagnosisReader.Read(config, diagnosis, errors));
        return errors.Count == 0 ? settings : throw new SettingsException(errors);
    }
}
