namespace Dispatcher.Actors.Composition;

/// <summary>
/// A description of stages; immutable, can be run any number of times, also at once. An item goes from stage to stage as long as its tasks
/// complete; any other outcome is its end, and it passes the remaining stages untouched.
/// </summary>
/// <typeparam name="TSource">What goes in.</typeparam>
/// <typeparam name="TValue">What comes out.</typeparam>
public sealed class Pipeline<TSource, TValue>
{
    private readonly PipelineStep<TSource, TValue> _last;

    internal Pipeline(PipelineStep<TSource, TValue> last)
    {
        _last = last;
        List<string> stages = [];
        last.AddStagesTo(stages);
        Stages = stages;
    }

    /// <summary>The stages' names, in their order.</summary>
    public IReadOnlyList<string> Stages { get; }

    /// <summary>Adds a stage.</summary>
    /// <typeparam name="TNext">What the stage makes of an item.</typeparam>
    /// <param name="stage">The stage's name; part of every outcome that it gives.</param>
    /// <param name="dispatcher">The pool that runs the stage's tasks.</param>
    /// <param name="task">Makes the task of an item. What it throws is the item's failure.</param>
    /// <param name="options">The stage's bounds; null for the defaults.</param>
    /// <returns>A pipeline with one stage more.</returns>
    /// <exception cref="ArgumentException">The name is empty, or another stage has it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names stage, option and range.</exception>
    public Pipeline<TSource, TNext> Then<TNext>(
        string stage, ITaskDispatcher dispatcher, Func<TValue, ITask<TNext>> task, StageOptions? options = null) =>
        Add(new StageSpec<TValue, TNext>(stage, dispatcher, task, options, null));

    /// <summary>Adds a stage, with options for each of its tasks, such as a key.</summary>
    /// <typeparam name="TNext">What the stage makes of an item.</typeparam>
    /// <param name="stage">The stage's name; part of every outcome that it gives.</param>
    /// <param name="dispatcher">The pool that runs the stage's tasks.</param>
    /// <param name="task">Makes the task of an item. What it throws is the item's failure.</param>
    /// <param name="taskOptions">Makes the options of an item's task, in place of <see cref="StageOptions.Task"/>; null for these.</param>
    /// <param name="options">The stage's bounds; null for the defaults.</param>
    /// <returns>A pipeline with one stage more.</returns>
    /// <exception cref="ArgumentException">The name is empty, or another stage has it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names stage, option and range.</exception>
    public Pipeline<TSource, TNext> Then<TNext>(
        string stage, ITaskDispatcher dispatcher, Func<TValue, ITask<TNext>> task, Func<TValue, TaskOptions?> taskOptions, StageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(taskOptions);
        return Add(new StageSpec<TValue, TNext>(stage, dispatcher, task, options, taskOptions));
    }

    /// <summary>Sends items through. Nothing happens before the run is enumerated.</summary>
    /// <param name="source">The items. Read one at a time, no faster than the slowest stage takes them.</param>
    /// <param name="options">What applies to all stages; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the run: no item is read any more, those inside end as Cancelled and still come out.</param>
    /// <returns>The run.</returns>
    public PipelineRun<TSource, TValue> Run(
        IAsyncEnumerable<TSource> source, PipelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= PipelineOptions.Default;
        options.Verify();
        Flow flow = new(new FlowLimits(options.FailFast, ReadsToEnd: false, Deadline: null, options.Time), cancellationToken);
        return new PipelineRun<TSource, TValue>(_last, source, options, flow);
    }

    /// <inheritdoc cref="Run(IAsyncEnumerable{TSource}, PipelineOptions?, CancellationToken)"/>
    public PipelineRun<TSource, TValue> Run(
        IEnumerable<TSource> source, PipelineOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Run(SequenceSource.Of(source), options, cancellationToken);
    }

    private Pipeline<TSource, TNext> Add<TNext>(StageSpec<TValue, TNext> spec)
    {
        foreach (string name in Stages)
        {
            if (name == spec.Name)
                throw new ArgumentException($"The pipeline has a stage '{name}' already. A stage's name is its own.", nameof(spec));
        }

        return new Pipeline<TSource, TNext>(new StageStep<TSource, TValue, TNext>(_last, spec));
    }
}
