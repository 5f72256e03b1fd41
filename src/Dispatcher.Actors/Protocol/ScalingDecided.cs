using System.Globalization;

namespace Dispatcher.Actors;

/// <summary>A decision about the size of a pool, with all that it was made from. Published on the actor system's event stream.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="At">When, by the wall clock.</param>
/// <param name="Policy">The policy that decided.</param>
/// <param name="From">The size before.</param>
/// <param name="To">The size ordered; the same as before where a wish to grow was denied.</param>
/// <param name="Rule">Which consideration decided it.</param>
/// <param name="Reason">Why, in figures, for an operator.</param>
/// <param name="Sample">The load that it was made from.</param>
public sealed record ScalingDecided(
    string Pool, DateTimeOffset At, string Policy, int From, int To, ScalingRule Rule, string Reason, PoolSample Sample)
{
    /// <summary>The decision in one line, such as <c>12:30:05 pool mail: 8 -> 16 (slo, demand): 1980/s x 6.3 ms keep 12.5 busy</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At:HH:mm:ss} pool {Pool}: {From} -> {To} ({Policy}, {Rule}): {Reason}");
}
