namespace Dispatcher.Actors;

/// <summary>Marks a task and names its result, so that <c>RunAsync(new HashFile(path))</c> needs no type arguments.</summary>
/// <typeparam name="TResult">What the task's handler returns.</typeparam>
public interface ITask<TResult>;
