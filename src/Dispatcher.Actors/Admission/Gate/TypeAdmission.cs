using Dispatcher.Actors.Admission.Breaker;
using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Admission.Gate;

/// <summary>What a type of task has of its own at the gate. Each may be missing.</summary>
/// <param name="Rate">Its rate limit.</param>
/// <param name="Limit">Its concurrency limit.</param>
/// <param name="Breaker">Its circuit breaker.</param>
internal sealed record TypeAdmission(RateBucket? Rate, ConcurrencyLimiter? Limit, CircuitBreaker? Breaker)
{
    /// <summary>Nothing.</summary>
    public static readonly TypeAdmission None = new(null, null, null);
}
