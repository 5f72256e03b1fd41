using Dispatcher.Actors.Admission.Gate;

namespace Dispatcher.Actors.Admission.Limits;

/// <summary>
/// All limits of a pool on one task: rate first, then concurrency; the refusal says which. Each from the narrow to the wide (tenant, type,
/// pool), so that a tenant over its limit costs the others nothing. What a refused task has taken is given back.
/// </summary>
internal sealed class HybridLimiter
{
    private readonly KeyedRates? _tenantRates;
    private readonly RateBucket? _poolRate;
    private readonly ConcurrencyLimiter? _poolLimit;

    /// <summary>Puts limits together. Each may be missing.</summary>
    /// <param name="tenantRates">Of each tenant.</param>
    /// <param name="poolRate">Of the pool.</param>
    /// <param name="poolLimit">Of the pool.</param>
    public HybridLimiter(KeyedRates? tenantRates, RateBucket? poolRate, ConcurrencyLimiter? poolLimit)
    {
        _tenantRates = tenantRates;
        _poolRate = poolRate;
        _poolLimit = poolLimit;
    }

    /// <summary>Asks all limits. Each acceptance needs one <see cref="Exit"/>.</summary>
    /// <param name="request">The task.</param>
    /// <param name="taken">What it has taken of the rates, for <see cref="GiveBack"/>.</param>
    /// <returns>Null, or why not.</returns>
    public Rejected? TryEnter(in AdmissionRequest request, out RateTakes taken)
    {
        taken = default;
        if (TakeRates(request, ref taken) is { } refusal)
        {
            GiveBack(request.Type, taken);
            return refusal;
        }

        ConcurrencyLimiter? typeLimit = request.Type.Limit;
        if (typeLimit != null && !typeLimit.TryEnter(request.Priority))
        {
            GiveBack(request.Type, taken);
            return typeLimit.Refusal;
        }

        if (_poolLimit != null && !_poolLimit.TryEnter(request.Priority))
        {
            typeLimit?.Exit();
            GiveBack(request.Type, taken);
            return _poolLimit.Refusal;
        }

        return null;
    }

    /// <summary>An accepted task has its outcome.</summary>
    /// <param name="type">Its type.</param>
    public void Exit(TypeAdmission type)
    {
        _poolLimit?.Exit();
        type.Limit?.Exit();
    }

    /// <summary>Gives an accepted task's share of the rates back, because it was refused elsewhere at once. Does not include <see cref="Exit"/>.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="taken">What it has taken.</param>
    public void GiveBack(TypeAdmission type, in RateTakes taken)
    {
        if (taken.Pool != 0)
            _poolRate!.GiveBack(taken.Pool);
        if (taken.Type != 0)
            type.Rate!.GiveBack(taken.Type);
        taken.Bucket?.GiveBack(taken.Tenant);
    }

    private Rejected? TakeRates(in AdmissionRequest request, ref RateTakes taken)
    {
        if (_tenantRates != null && request.Tenant != null)
        {
            RateTake take = _tenantRates.TryTake(request.Tenant, request.Now, out KeyedRates.Entry bucket);
            if (!take.IsTaken)
                return Refuse(bucket.Span(take.Delay));
            taken.Tenant = take.Word;
            taken.Bucket = bucket;
        }

        if (request.Type.Rate is { } typeRate)
        {
            RateTake take = typeRate.TryTake(request.Now);
            if (!take.IsTaken)
                return Refuse(typeRate.Span(take.Delay));
            taken.Type = take.Word;
        }

        if (_poolRate != null)
        {
            RateTake take = _poolRate.TryTake(request.Now);
            if (!take.IsTaken)
                return Refuse(_poolRate.Span(take.Delay));
            taken.Pool = take.Word;
        }

        return null;
    }

    private static Rejected Refuse(TimeSpan retryAfter) => new(RejectReason.RateLimited, retryAfter);
}
