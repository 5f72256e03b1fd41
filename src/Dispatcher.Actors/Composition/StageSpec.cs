namespace Dispatcher.Actors.Composition;

/// <summary>What a stage is: its name, its pool, its task, its bounds.</summary>
/// <typeparam name="TIn">What comes in.</typeparam>
/// <typeparam name="TOut">What goes out.</typeparam>
internal sealed class StageSpec<TIn, TOut>
{
    private readonly Func<TIn, ITask<TOut>> _task;
    private readonly Func<TIn, TaskOptions?>? _taskOptions;

    /// <summary>Describes a stage.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="dispatcher">Its pool.</param>
    /// <param name="task">Makes a task.</param>
    /// <param name="options">Its bounds; null for the defaults.</param>
    /// <param name="taskOptions">Makes the options of a task; null where all have the stage's.</param>
    public StageSpec(string name, ITaskDispatcher dispatcher, Func<TIn, ITask<TOut>> task, StageOptions? options, Func<TIn, TaskOptions?>? taskOptions)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(dispatcher);
        ArgumentNullException.ThrowIfNull(task);
        Options = options ?? StageOptions.Default;
        Options.Verify(name);
        Name = name;
        Dispatcher = dispatcher;
        _task = task;
        _taskOptions = taskOptions;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its pool.</summary>
    public ITaskDispatcher Dispatcher { get; }

    /// <summary>Its bounds.</summary>
    public StageOptions Options { get; }

    /// <summary>Makes the task of an item.</summary>
    /// <param name="value">The item.</param>
    /// <param name="index">Its number, for the message.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public ITask<TOut> TaskOf(TIn value, long index) =>
        _task(value) ?? throw new InvalidOperationException($"Stage '{Name}' has no task for item {index}: its function returned null.");

    /// <summary>The options of an item's task.</summary>
    /// <param name="value">The item.</param>
    public TaskOptions? OptionsOf(TIn value) => _taskOptions?.Invoke(value) ?? Options.Task;
}
