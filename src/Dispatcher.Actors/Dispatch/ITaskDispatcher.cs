namespace Dispatcher.Actors;

/// <summary>A pool, as its callers see it. Safe for any thread. Every task that is handed in gets exactly one outcome.</summary>
/// <remarks>A refusal, an expired deadline, a failed handler are outcomes and not exceptions. A null task is an <see cref="ArgumentNullException"/>.</remarks>
public interface ITaskDispatcher
{
    /// <summary>The pool's name.</summary>
    string Name { get; }

    /// <summary>Runs a task and awaits its outcome. Await the returned value once.</summary>
    /// <typeparam name="TResult">What the task's handler returns.</typeparam>
    /// <param name="task">The task, of a type that has a handler here.</param>
    /// <param name="options">What this task needs; null for the pool's defaults.</param>
    /// <param name="cancellationToken">Cancels the task, not only the wait for it.</param>
    /// <returns>The outcome.</returns>
    ValueTask<TaskOutcome<TResult>> RunAsync<TResult>(ITask<TResult> task, TaskOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Runs a task of any type and awaits its outcome. Await the returned value once.</summary>
    /// <typeparam name="TTask">The task's type, as its handler was registered.</typeparam>
    /// <typeparam name="TResult">What the task's handler returns.</typeparam>
    /// <param name="task">The task.</param>
    /// <param name="options">What this task needs; null for the pool's defaults.</param>
    /// <param name="cancellationToken">Cancels the task, not only the wait for it.</param>
    /// <returns>The outcome.</returns>
    ValueTask<TaskOutcome<TResult>> RunAsync<TTask, TResult>(TTask task, TaskOptions? options = null, CancellationToken cancellationToken = default)
        where TTask : notnull;

    /// <summary>Hands a task in. Ends when the task has its place in the queue, after a wait where the pool is set so, or when it was refused.</summary>
    /// <typeparam name="TResult">What the task's handler returns.</typeparam>
    /// <param name="task">The task, of a type that has a handler here.</param>
    /// <param name="options">What this task needs; null for the pool's defaults.</param>
    /// <param name="cancellationToken">Cancels the task, not only the wait for its place.</param>
    /// <returns>Its handle; the outcome is set already where the task was refused.</returns>
    ValueTask<TaskHandle<TResult>> SubmitAsync<TResult>(ITask<TResult> task, TaskOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Hands a task in, and says at once whether it was taken. Never waits for a place.</summary>
    /// <typeparam name="TResult">What the task's handler returns.</typeparam>
    /// <param name="task">The task, of a type that has a handler here.</param>
    /// <param name="handle">Its handle; the outcome is set already where the task was refused.</param>
    /// <param name="options">What this task needs; null for the pool's defaults.</param>
    /// <returns>Whether it was taken.</returns>
    bool TrySubmit<TResult>(ITask<TResult> task, out TaskHandle<TResult> handle, TaskOptions? options = null);

    /// <summary>Hands a task in whose outcome nobody wants, and says at once whether it was taken. Never waits for a place; allocates nothing.</summary>
    /// <typeparam name="TResult">What the task's handler returns.</typeparam>
    /// <param name="task">The task, of a type that has a handler here.</param>
    /// <param name="options">What this task needs; null for the pool's defaults.</param>
    /// <returns>Whether it was taken.</returns>
    bool TrySubmit<TResult>(ITask<TResult> task, TaskOptions? options = null);

    /// <summary>Hands a task in whose outcome nobody wants. Ends when the task has its place in the queue, after a wait where the pool is set so, or when it was refused.</summary>
    /// <typeparam name="TResult">What the task's handler returns.</typeparam>
    /// <param name="task">The task, of a type that has a handler here.</param>
    /// <param name="options">What this task needs; null for the pool's defaults.</param>
    /// <param name="cancellationToken">Cancels the task, not only the wait for its place.</param>
    /// <returns>Whether it was taken.</returns>
    ValueTask<bool> PostAsync<TResult>(ITask<TResult> task, TaskOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The pool at this moment. The sums add up.</summary>
    /// <returns>A copy.</returns>
    PoolSnapshot Snapshot();

    /// <summary>The workers at this moment, each with its state, by class and number.</summary>
    /// <returns>A copy; empty before the start.</returns>
    IReadOnlyList<WorkerSnapshot> GetWorkers();

    /// <summary>
    /// Fixes how many workers there should be, also where the pool finds its size by itself, until <see cref="ResumeScaling"/>. Those who are too many
    /// finish what they have first. The workers of other classes than the default one stay as many as they are.
    /// </summary>
    /// <param name="workers">How many, within the pool's minimum and maximum.</param>
    /// <exception cref="ArgumentOutOfRangeException">Out of these bounds; the message names them.</exception>
    void Resize(int workers);

    /// <summary>Lets the pool find its size by itself again after <see cref="Resize"/>. Without effect where it does not do so anyway.</summary>
    void ResumeScaling();

    /// <summary>The newest decisions about the pool's size, the oldest first, as many as <c>scaling.decisions</c> says.</summary>
    /// <returns>A copy; empty where the pool does not find its size by itself.</returns>
    IReadOnlyList<ScalingDecided> GetScalingDecisions();

    /// <summary>What each type of task that has a handler here is promised and held to: the values in force, each with its source.</summary>
    /// <returns>A copy, in the order in which handlers were registered; empty before the start.</returns>
    IReadOnlyList<TaskContract> GetContracts();

    /// <summary>The roll-outs of new versions of handlers: to see how they do, to change their share, to cut them off, to promote them.</summary>
    /// <returns>One for each type of task whose handler has a new version; empty before the start.</returns>
    IReadOnlyList<ITaskRollOut> GetRollOuts();
}
