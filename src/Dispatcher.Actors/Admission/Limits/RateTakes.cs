namespace Dispatcher.Actors.Admission.Limits;

/// <summary>What one task has taken of the rate limits: what the words of the buckets became, to give the share back; 0 for nothing.</summary>
internal struct RateTakes
{
    /// <summary>Of its tenant's bucket.</summary>
    public long Tenant;

    /// <summary>That bucket; null where the tenant has none.</summary>
    public KeyedRates.Entry? Bucket;

    /// <summary>Of its type's.</summary>
    public long Type;

    /// <summary>Of the pool's.</summary>
    public long Pool;
}
