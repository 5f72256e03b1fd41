namespace Dispatcher.Actors.Workers;

/// <summary>A free worker as <see cref="ReusePolicy"/> sees it.</summary>
/// <param name="WarmFor">The templates that it has ready.</param>
/// <param name="Gain">What its reuse is worth.</param>
internal readonly record struct ReuseCandidate(IReadOnlySet<string> WarmFor, double Gain);
