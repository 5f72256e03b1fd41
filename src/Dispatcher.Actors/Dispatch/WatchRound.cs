namespace Dispatcher.Actors.Dispatch;

/// <summary>What a round of the watch has seen.</summary>
/// <param name="AnyLent">Some worker lent its turn since the last round, or still does.</param>
/// <param name="AnyHeld">Some worker does not get its turn back.</param>
/// <param name="HeldChanged">The number of those has changed.</param>
internal readonly record struct WatchRound(bool AnyLent, bool AnyHeld, bool HeldChanged);
