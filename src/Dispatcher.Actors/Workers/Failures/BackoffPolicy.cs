namespace Dispatcher.Actors.Workers.Failures;

/// <summary>How long to wait before the next try: twice as long each time, up to a bound.</summary>
internal static class BackoffPolicy
{
    /// <summary>The wait after a number of failures.</summary>
    /// <param name="failures">How many there were, at least 1.</param>
    /// <param name="first">The wait after the first.</param>
    /// <param name="max">The longest wait.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan max)
    {
        double ticks = first.Ticks * Math.Pow(2, Math.Max(0, failures - 1));
        return ticks >= max.Ticks ? max : new TimeSpan((long)ticks);
    }

    /// <summary>
    /// The same with full jitter: anything from nothing to that wait, so that those who failed together do not come back together. Source: M. Brooker,
    /// "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    /// </summary>
    /// <param name="failures">How many there were, at least 1.</param>
    /// <param name="first">The bound of the wait after the first.</param>
    /// <param name="max">The longest wait.</param>
    /// <param name="random">A random number, from 0 to 1.</param>
    public static TimeSpan WithFullJitter(int failures, TimeSpan first, TimeSpan max, double random) =>
        new((long)(After(failures, first, max).Ticks * random));
}
