namespace Dispatcher.Actors.Admission.Limits;

/// <summary>
/// A rate limit of each tenant. Knows a bounded number of tenants: one whose bucket is full again knows nothing and makes room. Tenants
/// for whom there is no room share one more bucket of the same rate, so that no number of names gets around the limit.
/// </summary>
internal sealed class KeyedRates
{
    private readonly TimeProvider _time;
    private readonly RateSettings _each;
    private readonly IReadOnlyDictionary<string, RateSettings> _named;
    private readonly BoundedKeyMap<Entry> _entries;
    private readonly Entry _shared;

    /// <summary>Makes the limit.</summary>
    /// <param name="each">The limit of a tenant that is not named.</param>
    /// <param name="named">Limits of tenants by name.</param>
    /// <param name="capacity">How many tenants it knows at a time.</param>
    /// <param name="time">Where timestamps come from.</param>
    public KeyedRates(RateSettings each, IReadOnlyDictionary<string, RateSettings> named, int capacity, TimeProvider time)
    {
        _time = time;
        _each = each;
        _named = named;
        _entries = new BoundedKeyMap<Entry>(capacity, Make);
        _shared = new Entry("", new RateRule(each, time.TimestampFrequency), time.GetTimestamp());
    }

    /// <summary>Whether a task's moment may lie ahead.</summary>
    public bool Paces => _each.MaxDelay > TimeSpan.Zero;

    /// <summary>How many tenants it knows.</summary>
    public int Count => _entries.Count;

    /// <summary>How many tasks were counted on the shared bucket.</summary>
    public long Shared => _entries.TurnedAway;

    /// <summary>Takes one task's share.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <param name="entry">The bucket, to give the share back to.</param>
    /// <param name="mayWait">Whether the task's moment may lie ahead, as far as the limit lets it.</param>
    public RateTake TryTake(string tenant, long now, out Entry entry, bool mayWait = true)
    {
        entry = _entries.Find(tenant, now) ?? _shared;
        RateTake take = entry.TryTake(now, mayWait);
        while (take.IsClosed)
        {
            entry = _entries.FindAnew(tenant, now) ?? _shared;
            take = entry.TryTake(now, mayWait);
        }

        return take;
    }

    private Entry Make(string tenant, long now) =>
        new(tenant, new RateRule(_named.GetValueOrDefault(tenant, _each), _time.TimestampFrequency), now);

    /// <summary>A tenant's bucket.</summary>
    internal sealed class Entry : KeyEntry
    {
        private const long ClosedWord = long.MinValue;

        private readonly RateRule _rule;
        private long _word;

        public Entry(string tenant, RateRule rule, long now)
            : base(tenant)
        {
            _rule = rule;
            _word = RateRule.FullAt(now);
        }

        /// <summary>Takes one task's share.</summary>
        /// <param name="now">The time, a timestamp.</param>
        /// <param name="mayWait">Whether the task's moment may lie ahead.</param>
        public RateTake TryTake(long now, bool mayWait) => _rule.TryTake(ref _word, now, ClosedWord, mayWait);

        /// <summary>Gives a share back, if nobody has taken one since.</summary>
        /// <param name="took">What the word became by taking it.</param>
        public void GiveBack(long took) => _rule.GiveBack(ref _word, took);

        /// <summary>A delay as a duration, rounded up.</summary>
        /// <param name="delay">The delay in timestamp units.</param>
        public TimeSpan Span(long delay) => _rule.Span(delay);

        /// <inheritdoc/>
        public override bool TryClose(long now)
        {
            long seen = Volatile.Read(ref _word);
            return RateRule.IsFull(seen, now) && Interlocked.CompareExchange(ref _word, ClosedWord, seen) == seen;
        }
    }
}
