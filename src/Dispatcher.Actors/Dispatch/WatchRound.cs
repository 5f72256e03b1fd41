namespace Dispatcher.Actors.Dispatch;

/// <summary>What a round of the watch has seen.</summary>
/// <param name="AnyLent">Some worker lent its turn since the last round, or still does.</param>
/// <param name="AnyHeld">Some worker did not get its turn back between two rounds.</param>
/// <param name="MissedChanged">The number of those that are missed has changed.</param>
internal readonly record struct WatchRound(bool AnyLent, bool AnyHeld, bool MissedChanged);
