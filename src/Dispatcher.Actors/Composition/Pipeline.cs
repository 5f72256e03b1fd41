namespace Dispatcher.Actors.Composition;

/// <summary>Begins the description of a pipeline: stages, each a type of task of some pool, with a bounded buffer before each.</summary>
public static class Pipeline
{
    /// <summary>Describes the first stage.</summary>
    /// <typeparam name="TSource">What goes in.</typeparam>
    /// <typeparam name="TValue">What the stage makes of it.</typeparam>
    /// <param name="stage">The stage's name; part of every outcome that it gives.</param>
    /// <param name="dispatcher">The pool that runs the stage's tasks.</param>
    /// <param name="task">Makes the task of an item. What it throws is the item's failure.</param>
    /// <param name="options">The stage's bounds; null for the defaults.</param>
    /// <returns>A pipeline of one stage.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names stage, option and range.</exception>
    public static Pipeline<TSource, TValue> Start<TSource, TValue>(
        string stage, ITaskDispatcher dispatcher, Func<TSource, ITask<TValue>> task, StageOptions? options = null) =>
        new(new StageStep<TSource, TSource, TValue>(new SourceStep<TSource>(), new StageSpec<TSource, TValue>(stage, dispatcher, task, options, null)));

    /// <summary>Describes the first stage, with options for each of its tasks, such as a key.</summary>
    /// <typeparam name="TSource">What goes in.</typeparam>
    /// <typeparam name="TValue">What the stage makes of it.</typeparam>
    /// <param name="stage">The stage's name; part of every outcome that it gives.</param>
    /// <param name="dispatcher">The pool that runs the stage's tasks.</param>
    /// <param name="task">Makes the task of an item. What it throws is the item's failure.</param>
    /// <param name="taskOptions">Makes the options of an item's task, in place of <see cref="StageOptions.Task"/>; null for these.</param>
    /// <param name="options">The stage's bounds; null for the defaults.</param>
    /// <returns>A pipeline of one stage.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names stage, option and range.</exception>
    public static Pipeline<TSource, TValue> Start<TSource, TValue>(
        string stage, ITaskDispatcher dispatcher, Func<TSource, ITask<TValue>> task, Func<TSource, TaskOptions?> taskOptions, StageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(taskOptions);
        return new(new StageStep<TSource, TSource, TValue>(
            new SourceStep<TSource>(), new StageSpec<TSource, TValue>(stage, dispatcher, task, options, taskOptions)));
    }
}
