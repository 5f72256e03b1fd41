using System.Globalization;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Configuration;

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

    /// <summary>Reports everything that is out of range, missing or without effect.</summary>
    /// <param name="path">Where the record stands.</param>
    /// <param name="errors">Where errors go.</param>
    public void Check(string path, ICollection<SettingsError> errors)
    {
        SettingsCheck check = new(path, errors);
        if (FailureRate == null && SlowRate == null && ConsecutiveFailures == null)
            check.Fail("failure-rate", null, "a breaker needs a rule: failure-rate, slow-rate or consecutive-failures");
        CheckShare(check, "failure-rate", FailureRate);
        CheckShare(check, "slow-rate", SlowRate);
        CheckNeeds(check);
        if (SlowAfter is { } slowAfter)
            check.Duration("slow-after", slowAfter, s_shortest, s_longest);
        if (MinimumCalls is { } calls)
            check.Whole("minimum-calls", calls, 1, MaxCalls);
        if (Window is { } window)
            check.Duration("window", window, TimeSpan.FromMilliseconds(10), s_longest);
        if (ConsecutiveFailures is { } inARow)
            check.Whole("consecutive-failures", inARow, 1, MaxCalls);
        check.Duration("open-for", OpenFor, s_shortest, s_longest);
        check.Whole("probes", Probes, 1, MaxCalls);
        check.Whole("successes-to-close", SuccessesToClose, 1, MaxCalls);
    }

    private static void CheckShare(SettingsCheck check, string key, double? share)
    {
        if (share is { } value && !(value > 0 && value <= 1))
            check.Fail(key, value.ToString(CultureInfo.InvariantCulture), "expected a share over 0 and up to 1");
    }

    private void CheckNeeds(SettingsCheck check)
    {
        bool hasRate = FailureRate != null || SlowRate != null;
        CheckNeed(check, "slow-after", SlowAfter is { } after ? Durations.Print(after) : null, SlowRate != null, "slow-rate");
        CheckNeed(check, "minimum-calls", MinimumCalls?.ToString(CultureInfo.InvariantCulture), hasRate, "failure-rate or slow-rate");
        CheckNeed(check, "window", Window is { } window ? Durations.Print(window) : null, hasRate, "failure-rate or slow-rate");
    }

    private static void CheckNeed(SettingsCheck check, string key, string? value, bool isNeeded, string by)
    {
        if (isNeeded && value == null)
            check.Fail(key, null, $"{by} needs it");
        else if (!isNeeded && value != null)
            check.Fail(key, value, $"has no effect without {by}");
    }
}
