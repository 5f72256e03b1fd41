namespace Dispatcher.Actors;

/// <summary>How far a task has come.</summary>
public enum TaskState : byte
{
    /// <summary>Waits for a place in the intake.</summary>
    Waiting,

    /// <summary>Has its place and waits for a worker.</summary>
    Queued,

    /// <summary>A worker runs its handler.</summary>
    Running,

    /// <summary>Has failed, and waits for the time of its next attempt.</summary>
    Delayed,

    /// <summary>Has its outcome.</summary>
    Ended,
}
