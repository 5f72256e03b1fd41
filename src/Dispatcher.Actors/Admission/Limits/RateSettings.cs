namespace Dispatcher.Actors;

/// <summary>A rate limit: of a pool, of a type of task, or of each tenant.</summary>
public sealed record RateSettings
{
    internal const double MinRate = 0.001;
    internal const double MaxRate = 1e7;
    internal const int MaxBurst = 1_000_000;

    internal static readonly TimeSpan MaxFill = TimeSpan.FromHours(24);

    internal const double MostWaiting = 1_000_000;

    /// <summary>What happens to tasks that come closer together than the rate.</summary>
    public required RateShape Shape { get; init; }

    /// <summary>Tasks a second in the long run. 0.001 to 10,000,000.</summary>
    public required double PermitsPerSecond { get; init; }

    /// <summary>
    /// Token bucket only: how many tasks may pass at once after a quiet time. 1 to 1,000,000, and no more than the rate brings in 24 hours.
    /// </summary>
    public int? Burst { get; init; }

    /// <summary>Leaky bucket only: how far ahead a task's moment may lie. 0 (it has to come in time, or is refused) to 1 hour.</summary>
    public TimeSpan? MaxDelay { get; init; }

    // So that no more than a million tasks wait for their moment.
    internal static TimeSpan LongestDelay(double rate) => TimeSpan.FromMilliseconds(Math.Floor(Math.Clamp(MostWaiting / rate, 0.1, 3_600) * 1_000));

    internal static double HighestRate(TimeSpan delay) => Math.Min(MaxRate, MostWaiting / Math.Max(0.1, delay.TotalSeconds));
}
