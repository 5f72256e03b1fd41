namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>What can be read off a watchdog at any moment.</summary>
internal interface IDiagnosisFigures
{
    /// <summary>How long work waits for a thread of the thread pool.</summary>
    TimeSpan WaitForThread { get; }

    /// <summary>How many findings of a kind last.</summary>
    /// <param name="kind">The kind.</param>
    int CountActive(FindingKind kind);
}
