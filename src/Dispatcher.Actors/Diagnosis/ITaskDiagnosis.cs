namespace Dispatcher.Actors;

/// <summary>What the watchdog of an actor system has found, and the figures of the process. Safe for any thread.</summary>
public interface ITaskDiagnosis
{
    /// <summary>The findings that last, then those that have ended, the newest first, as many as <c>diagnosis.kept</c> says.</summary>
    /// <returns>A copy; empty where the diagnosis is off, and before the first pool starts.</returns>
    IReadOnlyList<Finding> GetFindings();

    /// <summary>Garbage collector, heap and thread pool at this moment.</summary>
    /// <returns>A copy.</returns>
    RuntimeSnapshot GetRuntime();
}
