namespace Dispatcher.Actors.RollOuts;

/// <summary>What is wrong with a new version.</summary>
/// <param name="Rule">Which comparison it lost.</param>
/// <param name="Reason">By how much, in figures, for an operator.</param>
internal sealed record RollOutFinding(RollOutRule Rule, string Reason);
