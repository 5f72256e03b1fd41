namespace Dispatcher.Actors.Composition;

/// <summary>The end of one task of a group.</summary>
/// <typeparam name="TResult">What the task's handler returns.</typeparam>
/// <param name="Index">The task's number in the group, from 0.</param>
/// <param name="Outcome">Its outcome.</param>
public readonly record struct TaskGroupItem<TResult>(int Index, TaskOutcome<TResult> Outcome);
