using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

namespace Dispatcher.Actors;

/// <summary>A rate limit: of a pool, of a type of task, or of each tenant.</summary>
public sealed record RateSettings
{
    internal const double MinRate = 0.001;
    internal const double MaxRate = 1e7;
    internal const int MaxBurst = 1_000_000;

    internal static readonly TimeSpan MaxFill = TimeSpan.FromHours(24);

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

    /// <summary>Reports everything that is out of range or without effect.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        check.Number("permits-per-second", PermitsPerSecond, MinRate, MaxRate);
        if (Shape == RateShape.TokenBucket)
            CheckTokenBucket(check);
        else if (Shape == RateShape.LeakyBucket)
            CheckLeakyBucket(check);
        else
            check.Fail("shape", Shape.ToString(), "expected token-bucket or leaky-bucket");
    }

    private void CheckTokenBucket(SettingsCheck check)
    {
        if (Burst is { } burst)
        {
            check.Whole("burst", burst, 1, MaxBurst);
            if (PermitsPerSecond >= MinRate && burst > PermitsPerSecond * MaxFill.TotalSeconds && burst <= MaxBurst)
                check.Fail("burst", $"{burst}", $"expected no more than the rate brings in {Durations.Print(MaxFill)}");
        }
        else
        {
            check.Fail("burst", null, $"a token bucket needs it: a whole number from 1 to {MaxBurst}");
        }

        if (MaxDelay is { } delay)
            check.Fail("max-delay", Durations.Print(delay), "has no effect: shape is token-bucket");
    }

    private void CheckLeakyBucket(SettingsCheck check)
    {
        if (MaxDelay is { } delay)
            check.Duration("max-delay", delay, TimeSpan.Zero, TimeSpan.FromHours(1));
        else
            check.Fail("max-delay", null, "a leaky bucket needs it: a duration from 0ms to 1h");
        if (Burst is { } burst)
            check.Fail("burst", $"{burst}", "has no effect: shape is leaky-bucket");
    }
}
