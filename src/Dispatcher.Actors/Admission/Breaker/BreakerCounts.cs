namespace Dispatcher.Actors;

/// <summary>Calls that a circuit breaker has counted.</summary>
/// <param name="Calls">All of them.</param>
/// <param name="Failures">Those that failed.</param>
/// <param name="Slow">Those that took long, however they ended.</param>
public readonly record struct BreakerCounts(int Calls, int Failures, int Slow);
