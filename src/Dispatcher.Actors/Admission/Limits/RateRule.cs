namespace Dispatcher.Actors.Admission.Limits;

/// <summary>
/// The arithmetic of a rate limit on one word of state, lock-free: the moment at which the next task would be in time if all kept the
/// rate. A word in the past is a full bucket; each task moves it one interval on; it may run ahead of now by the rule's room.
/// Source: the generic cell rate algorithm, ITU-T I.371 annex A, "virtual scheduling".
/// </summary>
/// <remarks>
/// Moments are timestamps with eight bits of fraction, so that an interval that is no whole number of timestamp units adds up without drift;
/// compared by their difference, so that the word may wrap.
/// </remarks>
internal readonly struct RateRule
{
    private const int FractionBits = 8;

    // A moment further ahead than any rule allows is not ahead: the bucket was idle so long that the difference wrapped.
    private const long Horizon = long.MaxValue / 4;

    private readonly long _frequency;
    private readonly long _interval;
    private readonly long _room;
    private readonly bool _paces;

    /// <summary>Makes a rule.</summary>
    /// <param name="settings">The limit, validated.</param>
    /// <param name="frequency">Timestamp units a second.</param>
    public RateRule(RateSettings settings, long frequency)
    {
        _frequency = frequency;
        _paces = settings.Shape == RateShape.LeakyBucket;
        // Rounded up: the limit is never exceeded, and missed by less than 1 in 25,000 at the highest rate.
        _interval = Math.Max(1, (long)Math.Ceiling(frequency * (double)(1 << FractionBits) / settings.PermitsPerSecond));
        _room = _paces
            ? (long)Math.Round(settings.MaxDelay!.Value.TotalSeconds * frequency) << FractionBits
            : (settings.Burst!.Value - 1) * _interval;
    }

    /// <summary>Whether a task's moment may lie ahead.</summary>
    public bool LetsWait => _paces && _room > 0;

    /// <summary>The word of a bucket that is full at a time.</summary>
    /// <param name="now">The time, a timestamp.</param>
    public static long FullAt(long now) => now << FractionBits;

    /// <summary>Whether a bucket is full: it knows no more than a new one.</summary>
    /// <param name="word">The bucket's word.</param>
    /// <param name="now">The time, a timestamp.</param>
    public static bool IsFull(long word, long now) => Ahead(word, now << FractionBits) == 0;

    /// <summary>Takes one task's share.</summary>
    /// <param name="word">The bucket's word.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="closed">A word that means that the bucket is closed; the bucket never gets there by taking.</param>
    /// <param name="mayWait">Whether the task's moment may lie ahead, as far as the limit lets it; else it has to come in time.</param>
    /// <returns>Whether there was one, the delay until the task's moment or until a new try has one, and what is needed to give it back.</returns>
    public RateTake TryTake(ref long word, long now, long closed, bool mayWait)
    {
        long room = mayWait || !_paces ? _room : 0;
        long at = now << FractionBits;
        while (true)
        {
            long seen = Volatile.Read(ref word);
            if (seen == closed)
                return RateTake.Closed;
            long ahead = Ahead(seen, at);
            if (ahead > room)
                return RateTake.Refused(RoundUp(ahead - room));
            long next = at + ahead + _interval;
            if (next == closed)
                next++;
            if (Interlocked.CompareExchange(ref word, next, seen) == seen)
                return RateTake.Taken(_paces ? RoundUp(ahead) : 0, next);
        }
    }

    /// <summary>
    /// Gives a share back, if nobody has taken one since: only then is the word surely what it would be without it. Otherwise it stays
    /// spent, which errs on the side of the limit.
    /// </summary>
    /// <param name="word">The bucket's word.</param>
    /// <param name="took">What the word became by taking it.</param>
    public void GiveBack(ref long word, long took) => Interlocked.CompareExchange(ref word, took - _interval, took);

    /// <summary>A delay as a duration, rounded up, so that after it the time has really come.</summary>
    /// <param name="delay">The delay in timestamp units.</param>
    public TimeSpan Span(long delay) =>
        new((long)Math.Ceiling((decimal)delay * TimeSpan.TicksPerSecond / _frequency));

    private static long Ahead(long word, long at)
    {
        long ahead = unchecked(word - at);
        return ahead is < 0 or > Horizon ? 0 : ahead;
    }

    private static long RoundUp(long units) => (units + (1 << FractionBits) - 1) >> FractionBits;
}
