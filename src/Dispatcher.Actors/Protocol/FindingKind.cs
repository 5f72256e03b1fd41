namespace Dispatcher.Actors;

/// <summary>What the diagnosis finds.</summary>
public enum FindingKind : byte
{
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
}
