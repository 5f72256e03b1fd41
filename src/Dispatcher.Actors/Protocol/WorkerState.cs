namespace Dispatcher.Actors;

/// <summary>What a worker does.</summary>
public enum WorkerState : byte
{
    /// <summary>Waits for a task.</summary>
    Idle,

    /// <summary>Has a task, or looks for one.</summary>
    Busy,

    /// <summary>Finishes what it has and takes nothing new.</summary>
    Draining,
}
