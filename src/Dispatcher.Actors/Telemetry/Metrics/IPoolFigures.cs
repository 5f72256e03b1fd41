namespace Dispatcher.Actors.Telemetry.Metrics;

/// <summary>What can be read off a pool at any moment: its counters, as they are anyway, and its state.</summary>
internal interface IPoolFigures
{
    /// <summary>The pool's name.</summary>
    string Name { get; }

    /// <summary>Whether the pool has stopped for good: these are its last figures.</summary>
    bool IsOver { get; }

    /// <summary>Tasks handed in, refused ones included.</summary>
    long Submitted { get; }

    /// <summary>Submissions that shared the outcome of another one of their idempotency key, and count nowhere else.</summary>
    long Joined { get; }

    /// <summary>Tasks that a worker took: a task that is tried again counts again.</summary>
    long Started { get; }

    /// <summary>Tries after the first.</summary>
    long Retried { get; }

    /// <summary>Tasks that wait for their moment at a rate limit.</summary>
    int Paced { get; }

    /// <summary>Tasks that failed and wait for the time of their next attempt.</summary>
    int Delayed { get; }

    /// <summary>Tasks in the queue.</summary>
    int QueueDepth { get; }

    /// <summary>How long the oldest of them has been there; zero when there is none.</summary>
    TimeSpan OldestAge { get; }

    /// <summary>Workers by state.</summary>
    (int Idle, int Busy, int Draining) Workers { get; }

    /// <summary>The bounds for their number, and the number that is wanted.</summary>
    (int Min, int Max, int Desired) WorkerBounds { get; }

    /// <summary>Tasks that a drain has yet to see end; 0 when no drain is under way.</summary>
    long DrainRemaining { get; }

    /// <summary>How many circuit breakers of types of task, and how many of targets, are in a state; null where there are none.</summary>
    /// <param name="state">The state.</param>
    (int OfTypes, int OfTargets)? Breakers(BreakerState state);

    /// <summary>Tasks that ended so.</summary>
    /// <param name="kind">The kind of outcome.</param>
    long Ended(OutcomeKind kind);

    /// <summary>Tasks that were refused for a reason.</summary>
    /// <param name="reason">The reason.</param>
    long RejectedBy(RejectReason reason);
}
