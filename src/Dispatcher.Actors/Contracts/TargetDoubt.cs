namespace Dispatcher.Actors.Contracts;

/// <summary>Why a target cannot be met.</summary>
/// <param name="Slow">Runs that took longer in the handler alone.</param>
/// <param name="Runs">All of them.</param>
internal readonly record struct TargetDoubt(long Slow, long Runs);
