namespace Dispatcher.Actors.Workers.Traits;

/// <summary>What was measured of some runs of a type of task.</summary>
/// <param name="Runs">How many.</param>
/// <param name="Wall">How long they were, together.</param>
/// <param name="Busy">How long they computed or wanted to, together.</param>
internal readonly record struct TraitCounts(long Runs, TimeSpan Wall, TimeSpan Busy)
{
    /// <summary>Both as one.</summary>
    public TraitCounts Plus(in TraitCounts other) => new(Runs + other.Runs, Wall + other.Wall, Busy + other.Busy);
}
