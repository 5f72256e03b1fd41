namespace Dispatcher.Actors.Admission.Limits;

/// <summary>
/// All limits of a pool on one task: rate first, then concurrency; the refusal says which. Each from the narrow to the wide (tenant, type,
/// pool), so that a tenant over its limit costs the others nothing. What a refused task has taken is given back.
/// </summary>
internal sealed class HybridLimiter
{
    private readonly KeyedRates? _tenantRates;
    private readonly RateBucket?[] _typeRates;
    private readonly RateBucket? _poolRate;
    private readonly ConcurrencyLimiter?[] _typeLimits;
    private readonly ConcurrencyLimiter? _poolLimit;

    /// <summary>Puts limits together. Each may be missing.</summary>
    /// <param name="tenantRates">Of each tenant.</param>
    /// <param name="typeRates">By the number of the type; shorter than the types there are, if the last ones have none.</param>
    /// <param name="poolRate">Of the pool.</param>
    /// <param name="typeLimits">By the number of the type.</param>
    /// <param name="poolLimit">Of the pool.</param>
    public HybridLimiter(
        KeyedRates? tenantRates, RateBucket?[] typeRates, RateBucket? poolRate, ConcurrencyLimiter?[] typeLimits, ConcurrencyLimiter? poolLimit)
    {
        _tenantRates = tenantRates;
        _typeRates = typeRates;
        _poolRate = poolRate;
        _typeLimits = typeLimits;
        _poolLimit = poolLimit;
    }

    /// <summary>Asks all limits. Each acceptance needs one <see cref="Exit"/>.</summary>
    /// <param name="request">The task.</param>
    /// <param name="taken">What it has taken of the rates, for <see cref="GiveBack"/>.</param>
    public AdmissionVerdict TryEnter(in AdmissionRequest request, out RateTakes taken)
    {
        AdmissionVerdict verdict = TakeRates(request, out taken);
        if (!verdict.IsAccepted)
            return verdict;
        ConcurrencyLimiter? typeLimit = At(_typeLimits, request.Type);
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

        return verdict;
    }

    /// <summary>An accepted task has its outcome.</summary>
    /// <param name="type">The number of its type.</param>
    public void Exit(int type)
    {
        _poolLimit?.Exit();
        At(_typeLimits, type)?.Exit();
    }

    /// <summary>Gives an accepted task's share of the rates back, because it was refused elsewhere at once. Does not include <see cref="Exit"/>.</summary>
    /// <param name="type">The number of its type.</param>
    /// <param name="taken">What it has taken.</param>
    public void GiveBack(int type, in RateTakes taken)
    {
        if (taken.Pool.IsTaken)
            _poolRate!.GiveBack(taken.Pool);
        if (taken.Type.IsTaken)
            At(_typeRates, type)!.GiveBack(taken.Type);
        taken.Bucket?.GiveBack(taken.Tenant);
    }

    private AdmissionVerdict TakeRates(in AdmissionRequest request, out RateTakes taken)
    {
        taken = default;
        long delay = 0;
        if (_tenantRates != null && request.Tenant != null)
        {
            RateTake take = _tenantRates.TryTake(request.Tenant, request.Now, out KeyedRates.Entry bucket);
            if (!take.IsTaken)
                return Refuse(bucket.Span(take.Delay));
            delay = take.Delay;
            taken.Tenant = take;
            taken.Bucket = bucket;
        }

        if (At(_typeRates, request.Type) is { } typeRate)
        {
            taken.Type = typeRate.TryTake(request.Now);
            if (!taken.Type.IsTaken)
                return Refuse(request.Type, ref taken, typeRate.Span(taken.Type.Delay));
            delay = Math.Max(delay, taken.Type.Delay);
        }

        if (_poolRate != null)
        {
            taken.Pool = _poolRate.TryTake(request.Now);
            if (!taken.Pool.IsTaken)
                return Refuse(request.Type, ref taken, _poolRate.Span(taken.Pool.Delay));
            delay = Math.Max(delay, taken.Pool.Delay);
        }

        return delay == 0 ? AdmissionVerdict.Accept : AdmissionVerdict.AcceptAfter(delay);
    }

    private AdmissionVerdict Refuse(int type, ref RateTakes taken, TimeSpan retryAfter)
    {
        GiveBack(type, taken);
        return Refuse(retryAfter);
    }

    private static AdmissionVerdict Refuse(TimeSpan retryAfter) => AdmissionVerdict.Refuse(RejectReason.RateLimited, retryAfter);

    private static T? At<T>(T?[] limits, int type)
        where T : class => (uint)type < (uint)limits.Length ? limits[type] : null;
}
