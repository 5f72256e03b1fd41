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
        if (request.Slot != null)
        {
            taken = request.Slot.Taken;
        }
        else if (TakeRates(request, mayWait: false, ref taken, out _) is { } refusal)
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

    /// <summary>Whether tasks may wait for a moment at the rates of all types.</summary>
    public bool Paces => _poolRate is { Paces: true } || _tenantRates is { Paces: true };

    /// <summary>Takes a task's share of the rates, where its moment may lie ahead.</summary>
    /// <param name="request">The task.</param>
    /// <param name="taken">What it has taken.</param>
    /// <param name="delay">How long until its moment at all of them.</param>
    /// <returns>Null, or why not.</returns>
    public Rejected? TryReserve(in AdmissionRequest request, out RateTakes taken, out TimeSpan delay)
    {
        taken = default;
        Rejected? refusal = TakeRates(request, mayWait: true, ref taken, out delay);
        if (refusal != null)
            GiveBack(request.Type, taken);
        return refusal;
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

    private Rejected? TakeRates(in AdmissionRequest request, bool mayWait, ref RateTakes taken, out TimeSpan delay)
    {
        delay = TimeSpan.Zero;
        if (_tenantRates != null && request.Tenant != null)
        {
            RateTake take = _tenantRates.TryTake(request.Tenant, request.Now, out KeyedRates.Entry bucket, mayWait);
            if (!take.IsTaken)
                return Refuse(bucket.Span(take.Delay));
            taken.Tenant = take.Word;
            taken.Bucket = bucket;
            if (take.Delay != 0)
                delay = bucket.Span(take.Delay);
        }

        return TakeRate(request.Type.Rate, request.Now, mayWait, ref taken.Type, ref delay) ?? TakeRate(_poolRate, request.Now, mayWait, ref taken.Pool, ref delay);
    }

    private static Rejected? TakeRate(RateBucket? bucket, long now, bool mayWait, ref long taken, ref TimeSpan delay)
    {
        if (bucket == null)
            return null;
        RateTake take = bucket.TryTake(now, mayWait);
        if (!take.IsTaken)
            return Refuse(bucket.Span(take.Delay));
        taken = take.Word;
        if (take.Delay != 0 && bucket.Span(take.Delay) is var own && own > delay)
            delay = own;
        return null;
    }

    private static Rejected Refuse(TimeSpan retryAfter) => new(RejectReason.RateLimited, retryAfter);
}
