namespace Dispatcher.Actors.Admission.Breaker;

/// <summary>When a closed breaker has to open.</summary>
internal static class BreakerPolicy
{
    // 0.07 of 100 calls is a little over 7 in binary arithmetic; 7 failures are enough all the same.
    private const double Rounding = 1e-9;

    /// <summary>Looks at the calls of a window.</summary>
    /// <param name="counts">The calls.</param>
    /// <param name="settings">The breaker's rules.</param>
    /// <returns>Why it has to open; null where it does not.</returns>
    public static BreakerReason? OnWindow(BreakerCounts counts, BreakerSettings settings)
    {
        if (settings.MinimumCalls is not { } minimum || counts.Calls < minimum)
            return null;
        if (settings.FailureRate is { } failures && counts.Failures >= (failures * counts.Calls) - Rounding)
            return BreakerReason.FailureRate;
        if (settings.SlowRate is { } slow && counts.Slow >= (slow * counts.Calls) - Rounding)
            return BreakerReason.SlowRate;
        return null;
    }

    /// <summary>Looks at failures in a row.</summary>
    /// <param name="failures">How many.</param>
    /// <param name="settings">The breaker's rules.</param>
    /// <returns>Why it has to open; null where it does not.</returns>
    public static BreakerReason? OnRow(int failures, BreakerSettings settings) =>
        settings.ConsecutiveFailures is { } limit && failures >= limit ? BreakerReason.ConsecutiveFailures : null;
}
