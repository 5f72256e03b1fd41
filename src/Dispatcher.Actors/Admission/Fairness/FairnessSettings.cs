using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors;

/// <summary>How the queue is shared between tenants.</summary>
public sealed record FairnessSettings
{
    internal const int MaxWeight = 100;

    /// <summary>How many tenants are told apart at a time. 1 to 1,000,000. Those for whom there is no room share one line.</summary>
    public required int MaxTenants { get; init; }

    /// <summary>The greatest share of the queue that one tenant may fill. 0.01 to 1.</summary>
    public required double MaxShare { get; init; }

    /// <summary>The weight of a tenant that is not named: tasks served in a row at its turn. 1 to 100.</summary>
    public required int DefaultWeight { get; init; }

    /// <summary>
    /// How many tasks a tenant that asked for less than its share may have served ahead of the round. 1 to 1,000; 16 evens out what comes by chance.
    /// </summary>
    public required int Burst { get; init; }

    /// <summary>Weights of tenants by name. 1 to 100 each.</summary>
    public required IReadOnlyDictionary<string, int> Weights { get; init; }

    /// <summary>Reports everything that is out of range.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        check.Whole("max-tenants", MaxTenants, 1, 1_000_000);
        check.Number("max-share", MaxShare, 0.01, 1);
        check.Whole("default-weight", DefaultWeight, 1, MaxWeight);
        check.Whole("burst", Burst, 1, 1_000);
        SettingsCheck weights = check.Below("weights");
        foreach ((string tenant, int weight) in Weights)
            weights.Whole(tenant, weight, 1, MaxWeight);
    }
}
