namespace Dispatcher.Actors.Admission.Limits;

/// <summary>What one task has taken of the rate limits.</summary>
internal struct RateTakes
{
    /// <summary>Of its tenant's bucket.</summary>
    public RateTake Tenant;

    /// <summary>That bucket; null where the tenant has none.</summary>
    public KeyedRates.Entry? Bucket;

    /// <summary>Of its type's.</summary>
    public RateTake Type;

    /// <summary>Of the pool's.</summary>
    public RateTake Pool;
}
