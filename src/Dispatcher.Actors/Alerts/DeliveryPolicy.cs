using System.Net;

namespace Dispatcher.Actors.Alerts;

/// <summary>Whether an alert that did not arrive is sent once more, and when.</summary>
internal static class DeliveryPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="settings">How often and how long.</param>
    /// <param name="attempt">How often it was tried, at least 1.</param>
    /// <param name="status">What the receiver said; null where it said nothing.</param>
    /// <param name="retryAfter">When the receiver wants it again; null where it does not say.</param>
    /// <param name="chance">A random number from 0 to 1: many senders must not come back at once.</param>
    /// <returns>How long to wait before the next try; null for no more.</returns>
    public static TimeSpan? Decide(WebhookSettings settings, int attempt, HttpStatusCode? status, TimeSpan? retryAfter, double chance)
    {
        if (attempt >= settings.Attempts || (status is { } code && !IsPassing(code)))
            return null;
        double factor = Math.Pow(2, Math.Min(attempt - 1, 30)) * (0.5 + (chance / 2));
        TimeSpan wait = TimeSpan.FromTicks((long)Math.Min(settings.BackoffFirst.Ticks * factor, settings.BackoffMax.Ticks));
        // What the receiver asks for, within our bound: others wait behind this one.
        return retryAfter > wait ? TimeSpan.FromTicks(Math.Min(retryAfter.Value.Ticks, settings.BackoffMax.Ticks)) : wait;
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
