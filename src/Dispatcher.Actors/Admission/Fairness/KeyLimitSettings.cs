using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors;

/// <summary>How many tasks of one key may run at a time, and how many may wait for that.</summary>
public sealed record KeyLimitSettings
{
    /// <summary>How many tasks of one key at a time. 1 to 65,536; with 1 they run in the order in which they came.</summary>
    public required int PerKey { get; init; }

    /// <summary>How many keys may have tasks at a time. 1 to 67,108,864.</summary>
    public required int MaxKeys { get; init; }

    /// <summary>How many tasks may wait for their key, all keys together. 0 to 67,108,864.</summary>
    public required int MaxParked { get; init; }

    /// <summary>How many may wait for one key. 0 to <see cref="MaxParked"/>.</summary>
    public required int MaxParkedPerKey { get; init; }

    /// <summary>Reports everything that is out of range or contradicts itself.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        check.Whole("per-key", PerKey, 1, 65_536);
        check.Whole("max-keys", MaxKeys, 1, ConcurrencySettings.MaxLimit);
        check.Whole("max-parked", MaxParked, 0, ConcurrencySettings.MaxLimit);
        check.Whole("max-parked-per-key", MaxParkedPerKey, 0, Math.Clamp(MaxParked, 0, ConcurrencySettings.MaxLimit));
    }
}
