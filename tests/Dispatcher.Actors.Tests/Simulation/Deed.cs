namespace Dispatcher.Actors.Tests.Simulation;

/// <summary>One of the things that happen in a simulated life.</summary>
/// <param name="Weight">How often it happens, against the others.</param>
/// <param name="Do">What happens.</param>
/// <param name="IsOfOthers">Whether other threads do it, so that it may fall into the middle of a turn or of a call.</param>
internal readonly record struct Deed(int Weight, Action Do, bool IsOfOthers = true);
