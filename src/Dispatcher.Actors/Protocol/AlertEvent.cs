namespace Dispatcher.Actors;

/// <summary>What an alert is about.</summary>
public enum AlertEvent : byte
{
    /// <summary>A task has failed for good.</summary>
    Failed,

    /// <summary>A task was given up.</summary>
    Abandoned,

    /// <summary>A circuit breaker has opened.</summary>
    BreakerOpen,

    /// <summary>Tasks run far longer than their like.</summary>
    TaskNeverEnds,

    /// <summary>Handlers do not come back from tasks that were abandoned.</summary>
    HandlerStuck,

    /// <summary>A queue grows, or stands, and its tasks get ever older.</summary>
    QueueGrows,

    /// <summary>Work waits for a thread of the thread pool.</summary>
    ThreadsStarved,

    /// <summary>The heap is larger after each full collection.</summary>
    HeapGrows,

    /// <summary>A pool has stopped, since it could not heal a worker's failure.</summary>
    PoolGaveUp,
}
