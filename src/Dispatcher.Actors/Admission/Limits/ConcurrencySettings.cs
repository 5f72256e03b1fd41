namespace Dispatcher.Actors;

/// <summary>A limit on tasks that are accepted and have no outcome yet.</summary>
public sealed record ConcurrencySettings
{
    internal const int MaxLimit = 1 << 26;

    /// <summary>How many at once. 1 to 67,108,864.</summary>
    public required int Limit { get; init; }

    /// <summary>
    /// The share of the limit that stays free for each more urgent class: with 0.1, P2 may fill 80 % of it, P1 90 %, P0 all. 0 to 0.4.
    /// </summary>
    public required double Headroom { get; init; }

    /// <summary>The hint that comes with a refusal. 1 ms to 1 hour.</summary>
    public required TimeSpan RetryAfter { get; init; }
}
