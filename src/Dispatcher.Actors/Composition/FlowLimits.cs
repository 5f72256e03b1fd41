namespace Dispatcher.Actors.Composition;

/// <summary>What ends a run before its source does.</summary>
/// <param name="FailFast">Whether the first item that does not complete does.</param>
/// <param name="ReadsToEnd">Whether the source is read on after that, so that each of its items gets an outcome.</param>
/// <param name="Deadline">How long all of it may take; null for no limit.</param>
/// <param name="Time">The time.</param>
internal sealed record FlowLimits(bool FailFast, bool ReadsToEnd, TimeSpan? Deadline, TimeProvider Time);
