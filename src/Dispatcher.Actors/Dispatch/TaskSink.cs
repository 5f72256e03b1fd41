namespace Dispatcher.Actors.Dispatch;

/// <summary>Who wants a task's outcome.</summary>
internal enum TaskSink : byte
{
    /// <summary>Nobody: fire and forget. The outcome is counted.</summary>
    Nobody,

    /// <summary>The one who awaits the cell.</summary>
    Awaiter,

    /// <summary>A handle.</summary>
    Handle,
}
