namespace Dispatcher.Actors.Admission.Limits;

/// <summary>One rate limit that all threads share: a token bucket or a leaky bucket, lock-free, nothing allocated.</summary>
internal sealed class RateBucket
{
    // A word that only a bucket untouched for years could come to; such a bucket moves past it by one unit.
    private const long NeverClosed = long.MinValue;

    private readonly RateRule _rule;
    private PaddedCounter _word;

    /// <summary>Makes a full bucket.</summary>
    /// <param name="settings">The limit, validated.</param>
    /// <param name="time">Where timestamps come from.</param>
    public RateBucket(RateSettings settings, TimeProvider time)
    {
        _rule = new RateRule(settings, time.TimestampFrequency);
        _word.Value = RateRule.FullAt(time.GetTimestamp());
    }

    /// <summary>Takes one task's share.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="mayWait">Whether the task's moment may lie ahead, as far as the limit lets it.</param>
    public RateTake TryTake(long now, bool mayWait = true) => _rule.TryTake(ref _word.Value, now, NeverClosed, mayWait);

    /// <summary>Whether a task's moment may lie ahead.</summary>
    public bool Paces => _rule.LetsWait;

    /// <summary>Gives a share back that was not used after all, if nobody has taken one since.</summary>
    /// <param name="took">What the word became by taking it.</param>
    public void GiveBack(long took) => _rule.GiveBack(ref _word.Value, took);

    /// <summary>A delay as a duration, rounded up.</summary>
    /// <param name="delay">The delay in timestamp units.</param>
    public TimeSpan Span(long delay) => _rule.Span(delay);
}
