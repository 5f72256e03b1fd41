namespace Dispatcher.Actors.Contracts;

/// <summary>
/// Whether a type's P99 target can be met at all: more than 1 of 100 of its runs, beyond what chance explains, take longer in the handler alone. Then no pool
/// is large enough. Says so once.
/// </summary>
/// <remarks>Any thread; two at the same moment may count as one.</remarks>
internal sealed class TargetWatch
{
    private const int MinimumRuns = 100;
    private const double Share = 0.01;

    // Of the binomial distribution's mean: one of a thousand targets that are just met would be doubted.
    private const double Deviations = 3;

    private readonly long _limit;
    private long _runs;
    private long _slow;
    private int _told;

    /// <summary>Makes a watch.</summary>
    /// <param name="target">The target.</param>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public TargetWatch(TimeSpan target, long timestampFrequency)
    {
        Target = target;
        _limit = (long)(target.TotalSeconds * timestampFrequency);
    }

    /// <summary>The target.</summary>
    public TimeSpan Target { get; }

    /// <summary>A run has ended.</summary>
    /// <param name="elapsed">How long it was in the handler, in timestamp units.</param>
    /// <param name="doubt">Why the target cannot be met; null otherwise.</param>
    /// <returns>Whether that is news.</returns>
    public bool Notes(long elapsed, out TargetDoubt doubt)
    {
        long runs = Interlocked.Increment(ref _runs);
        long slow = elapsed > _limit ? Interlocked.Increment(ref _slow) : 0;
        doubt = new TargetDoubt(slow, runs);
        return slow != 0 && runs >= MinimumRuns && slow > (runs * Share) + (Deviations * Math.Sqrt(runs * Share * (1 - Share)))
            && Interlocked.Exchange(ref _told, 1) == 0;
    }
}
