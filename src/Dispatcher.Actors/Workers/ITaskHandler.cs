namespace Dispatcher.Actors;

/// <summary>Does the work of one type of task.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
/// <remarks>
/// A worker has its own handler, made fresh when the worker starts and after a failure. With a concurrency of 1, the default, a handler
/// runs one task at a time. What it throws is its worker's failure; the caller gets it in the outcome.
/// </remarks>
public interface ITaskHandler<in TTask, TResult>
{
    /// <summary>Runs a task. Runs on a worker's turn until its first await, so it must not block: a pool for blocking handlers has its own dispatcher.</summary>
    /// <param name="task">The task.</param>
    /// <param name="context">The circumstances: id, attempt, token, remaining time. Valid until the returned task ends.</param>
    /// <returns>The result.</returns>
    ValueTask<TResult> HandleAsync(TTask task, TaskContext context);
}
