namespace Dispatcher.Actors.Scaling;

/// <summary>What a pool says of itself when asked.</summary>
/// <param name="Offered">Tasks submitted so far, the refused ones included.</param>
/// <param name="Refused">Tasks refused or shed so far because the queue was full.</param>
/// <param name="Ended">Tasks whose handler has ended so far, however.</param>
/// <param name="Workers">Workers that are up and were not asked to stop.</param>
/// <param name="Desired">Workers that there should be.</param>
/// <param name="Running">Tasks in a handler.</param>
/// <param name="Queued">Tasks that wait for a worker or for a place in the queue.</param>
/// <param name="OldestWait">How long the oldest of those has waited; zero when there is none.</param>
internal readonly record struct PoolReading(
    long Offered, long Refused, long Ended, int Workers, int Desired, int Running, int Queued, TimeSpan OldestWait);
