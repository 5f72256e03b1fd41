namespace Dispatcher.Actors;

/// <summary>What a version of a handler did lately: first tries only. Durations are off by at most 1 %.</summary>
/// <param name="Calls">How often it ran.</param>
/// <param name="Errors">How often it failed: it threw, took longer than it had, or was given up. Answers to a cancellation are no calls.</param>
/// <param name="P50">The median time of those that returned.</param>
/// <param name="P99">Their 99th percentile.</param>
public sealed record VersionFigures(long Calls, long Errors, TimeSpan P50, TimeSpan P99);
