namespace Dispatcher.Actors;

/// <summary>A roll-out at one moment.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="TaskType">The type of task.</param>
/// <param name="OldVersion">The old handler.</param>
/// <param name="NewVersion">The new one.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="Share">The share of tasks, or of keys, that the new version runs, 0 to 1.</param>
/// <param name="Old">What the old version did lately.</param>
/// <param name="New">What the new one did meanwhile.</param>
/// <param name="Looks">How often they were compared since the share was set.</param>
public sealed record RollOutSnapshot(
    string Pool, string TaskType, string OldVersion, string NewVersion, RollOutPhase Phase, double Share, VersionFigures Old, VersionFigures New, long Looks);
