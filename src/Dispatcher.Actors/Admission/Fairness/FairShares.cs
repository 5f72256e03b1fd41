using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// The tenants of a pool and the places that each holds in its queue. A bounded number of tenants; one without tasks makes room. Those beyond the
/// bound, and tasks of none, count as one tenant.
/// </summary>
internal sealed class FairShares
{
    private readonly BoundedKeyMap<FairTenant> _tenants;
    private readonly FairTenant _shared;
    private readonly int _max;

    /// <summary>Makes shares that nobody has taken.</summary>
    /// <param name="settings">How the queue is shared, validated.</param>
    /// <param name="capacity">How many places it has.</param>
    public FairShares(FairnessSettings settings, int capacity)
    {
        Refusal = new Rejected(RejectReason.TenantLimited, settings.RetryAfter);
        _max = Math.Max(1, (int)(capacity * settings.MaxShare));
        _tenants = new BoundedKeyMap<FairTenant>(
            settings.MaxTenants, (tenant, _) => new FairTenant(tenant, settings.Weights.GetValueOrDefault(tenant, settings.DefaultWeight), settings.Burst));
        _shared = new FairTenant("", settings.DefaultWeight, settings.Burst);
    }

    /// <summary>What a task is told whose tenant holds its whole share.</summary>
    public Rejected Refusal { get; }

    /// <summary>Tasks that were counted for the one in common because there was no room for their tenant.</summary>
    public long Shared => _tenants.TurnedAway;

    /// <summary>How many places are held, by all together.</summary>
    public int Held
    {
        get
        {
            int held = _shared.Held;
            _tenants.ForEach(tenant => held += tenant.Held);
            return held;
        }
    }

    /// <summary>Takes a place for a task that has to have one: it comes into the queue once more.</summary>
    /// <param name="tenant">Whose; null for nobody's.</param>
    public FairTenant Hold(string? tenant) => TryHold(tenant, 0, int.MaxValue)!;

    /// <summary>Takes a place for a task.</summary>
    /// <param name="tenant">Whose; null for nobody's.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>Whose place it is, for one <see cref="FairTenant.Release"/>; null if the tenant holds its whole share.</returns>
    public FairTenant? TryHold(string? tenant, long now) => TryHold(tenant, now, _max);

    private FairTenant? TryHold(string? tenant, long now, int max)
    {
        FairTenant entry = tenant == null ? _shared : _tenants.Find(tenant, now) ?? _shared;
        int held = entry.TryHold(max);
        while (held < 0)
        {
            entry = _tenants.FindAnew(tenant!, now) ?? _shared;
            held = entry.TryHold(max);
        }

        return held == 0 ? null : entry;
    }
}
