namespace Dispatcher.Actors.Composition;

/// <summary>When a task that was refused for a while is handed in again.</summary>
internal static class RefusalBackoff
{
    private const int MaxDoublings = 10;
    private const int Spread = 8;
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    /// <summary>The wait before the next try: the pool's hint, doubled from try to try; a little more for some items, so that not all come at once.</summary>
    /// <param name="detail">What became of the task; null for a completed one.</param>
    /// <param name="refusals">How often it was handed in again already.</param>
    /// <param name="maxRefusals">How often it may be.</param>
    /// <param name="index">The item's number.</param>
    /// <returns>The wait; null where this is the outcome.</returns>
    public static TimeSpan? Next(OutcomeDetail? detail, int refusals, int maxRefusals, long index)
    {
        if (detail is not Rejected { RetryAfter: { } hint } || hint <= TimeSpan.Zero || refusals >= maxRefusals)
            return null;
        TimeSpan wait = hint < s_longest ? hint * (1 << Math.Min(refusals, MaxDoublings)) : s_longest;
        wait = wait < s_longest ? wait : s_longest;
        return wait + wait * (index % Spread) / (2 * Spread);
    }
}
