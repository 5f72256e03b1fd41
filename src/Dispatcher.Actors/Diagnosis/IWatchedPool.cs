namespace Dispatcher.Actors.Diagnosis;

/// <summary>A pool, or one of its classes of workers, as the diagnosis sees it.</summary>
internal interface IWatchedPool
{
    /// <summary>Its name, with its class unless that is the default.</summary>
    string Label { get; }

    /// <summary>Whether it has stopped for good.</summary>
    bool IsOver { get; }

    /// <summary>Its queue.</summary>
    QueueReading ReadQueue();

    /// <summary>Does something with each task in a handler.</summary>
    /// <param name="visit">What to do.</param>
    void ForEachRunning(Action<RunningTask> visit);

    /// <summary>Whether some task was abandoned and its handler has not come back.</summary>
    bool AnyStuck { get; }

    /// <summary>Does something with each task that was abandoned and whose handler has not come back.</summary>
    /// <param name="visit">What to do.</param>
    void ForEachStuck(Action<RunningTask> visit);

    /// <summary>How long tasks of a type take.</summary>
    /// <param name="taskType">The type.</param>
    RunTimes RunTimesOf(string taskType);
}
