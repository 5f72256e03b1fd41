namespace Dispatcher.Actors;

/// <summary>How the queue is shared between tenants.</summary>
public sealed record FairnessSettings
{
    internal const int MaxWeight = 100;

    /// <summary>How many tenants are told apart at a time. 1 to 1,000,000. Those for whom there is no room share one line.</summary>
    public required int MaxTenants { get; init; }

    /// <summary>The greatest share of the queue that one tenant may fill, together with the line of those that wait for a place where there is one. 0.01 to 1.</summary>
    public required double MaxShare { get; init; }

    /// <summary>The weight of a tenant that is not named: tasks served in a row at its turn. 1 to 100.</summary>
    public required int DefaultWeight { get; init; }

    /// <summary>
    /// How many tasks a tenant that asked for less than its share may have served ahead of the round. 1 to 1,000; 16 evens out what comes by chance.
    /// </summary>
    public required int Burst { get; init; }

    /// <summary>The hint that comes with a refusal because a tenant's share is full. 1 ms to 1 hour.</summary>
    public required TimeSpan RetryAfter { get; init; }

    /// <summary>Weights of tenants by name. 1 to 100 each.</summary>
    public required IReadOnlyDictionary<string, int> Weights { get; init; }
}
