namespace Dispatcher.Actors.Scaling.Policies;

/// <summary>Growth is pointless for a while.</summary>
/// <param name="Gain">How much of proportional the throughput grew with the workers.</param>
/// <param name="BestPerSecond">The best throughput that was seen.</param>
/// <param name="Workers">The size that the pool went back to.</param>
/// <param name="Until">When to try again.</param>
/// <param name="Pause">How long it lasts; twice as long each time in a row.</param>
internal sealed record ThroughputVeto(double Gain, double BestPerSecond, int Workers, TimeSpan Until, TimeSpan Pause);
