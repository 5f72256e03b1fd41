namespace Dispatcher.Actors;

/// <summary>The diagnosis has found something. Published on the actor system's event stream.</summary>
/// <param name="Finding">What.</param>
public sealed record FindingBegan(Finding Finding);
