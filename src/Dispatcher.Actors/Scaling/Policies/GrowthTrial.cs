namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>A growth beyond what the load at rest explains, while it is not yet known whether it helps.</summary>
/// <param name="From">The size before.</param>
/// <param name="Until">When to give up waiting for an answer.</param>
internal sealed record GrowthTrial(int From, TimeSpan Until);
