namespace Dispatcher.Actors;

/// <summary>The cause of a finding has gone. Published on the actor system's event stream.</summary>
/// <param name="Finding">What it was.</param>
public sealed record FindingEnded(Finding Finding);
