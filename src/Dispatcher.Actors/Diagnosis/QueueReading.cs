namespace Dispatcher.Actors.Diagnosis;

/// <summary>A queue at one look.</summary>
/// <param name="Depth">Tasks in it.</param>
/// <param name="OldestAge">How long the oldest of them has been there.</param>
/// <param name="Submitted">Tasks handed in so far.</param>
/// <param name="Started">Tasks taken by a worker so far.</param>
/// <param name="Running">Tasks in a handler.</param>
/// <param name="Workers">Workers that are there.</param>
internal readonly record struct QueueReading(int Depth, TimeSpan OldestAge, long Submitted, long Started, int Running, int Workers);
