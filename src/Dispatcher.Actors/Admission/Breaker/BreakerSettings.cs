namespace Dispatcher.Actors;

/// <summary>A circuit breaker of a type of task or a target. <see cref="BreakerPresets"/> has three of them ready.</summary>
public sealed record BreakerSettings
{
    internal const int MaxCalls = 8_000;

    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>Opens when this share of the calls in the window failed. Over 0 to 1; null for no such rule.</summary>
    public double? FailureRate { get; init; }

    /// <summary>Opens when this share of the calls in the window took <see cref="SlowAfter"/> or longer. Over 0 to 1; null for no such rule.</summary>
    public double? SlowRate { get; init; }

    /// <summary>From when a call is slow. 1 ms to 1 hour. Needed with <see cref="SlowRate"/>, without effect otherwise.</summary>
    public TimeSpan? SlowAfter { get; init; }

    /// <summary>How many calls the window must have before a share says anything. 1 to 8,000. Needed with a rate.</summary>
    public int? MinimumCalls { get; init; }

    /// <summary>The time that the shares are about. 10 ms to 1 hour; it moves on in tenths. Needed with a rate.</summary>
    public TimeSpan? Window { get; init; }

    /// <summary>Opens when so many calls in a row failed. 1 to 8,000; null for no such rule.</summary>
    public int? ConsecutiveFailures { get; init; }

    /// <summary>How long it stays open before it lets somebody try. 1 ms to 1 hour.</summary>
    public required TimeSpan OpenFor { get; init; }

    /// <summary>How many may try at once when it is half-open. 1 to 8,000.</summary>
    public required int Probes { get; init; }

    /// <summary>How many of those must succeed before it closes. 1 to 8,000.</summary>
    public required int SuccessesToClose { get; init; }
}
