namespace Dispatcher.Actors;

/// <summary>A circuit breaker has changed its state.</summary>
/// <param name="Breaker">Its name: the type of task or the target.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is now.</param>
/// <param name="Reason">Why.</param>
/// <param name="Counts">What it had counted when it changed: in the window, in a row, or of those that tried.</param>
/// <param name="At">When, a timestamp of the pool's time.</param>
public sealed record BreakerStateChanged(string Breaker, BreakerState From, BreakerState To, BreakerReason Reason, BreakerCounts Counts, long At)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"breaker {Breaker}: {From} -> {To} ({Reason}: {Counts.Failures} failed and {Counts.Slow} slow of {Counts.Calls} calls)";
}
