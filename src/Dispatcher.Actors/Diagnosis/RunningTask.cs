namespace Dispatcher.Actors.Diagnosis;

/// <summary>A task in its handler.</summary>
/// <param name="Run">Tells this run of the handler from every other one.</param>
/// <param name="Id">The task's id.</param>
/// <param name="TaskType">Its type.</param>
/// <param name="Worker">The number of its worker.</param>
internal readonly record struct RunningTask(long Run, long Id, string TaskType, int Worker);
