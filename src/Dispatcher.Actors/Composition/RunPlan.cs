namespace Dispatcher.Actors.Composition;

/// <summary>The parts of one run, while they are put together and at work.</summary>
/// <typeparam name="TSource">What goes in.</typeparam>
/// <param name="source">The items.</param>
/// <param name="flow">What the parts share.</param>
/// <param name="preserveOrder">Whether items leave each stage in the order in which they came to it.</param>
internal sealed class RunPlan<TSource>(IAsyncEnumerable<TSource> source, Flow flow, bool preserveOrder)
{
    private readonly List<Func<Task>> _parts = [];
    private readonly List<IStageView> _stages = [];

    /// <summary>The items.</summary>
    public IAsyncEnumerable<TSource> Source { get; } = source;

    /// <summary>What the parts share.</summary>
    public Flow Flow { get; } = flow;

    /// <summary>Whether items leave each stage in the order in which they came to it.</summary>
    public bool PreserveOrder { get; } = preserveOrder;

    /// <summary>Adds the source's reader.</summary>
    /// <param name="run">Its work, which ends when it has read all.</param>
    public void Add(Func<Task> run) => _parts.Add(run);

    /// <summary>Adds a stage.</summary>
    /// <param name="stage">What can be seen of it.</param>
    /// <param name="run">Its work, which ends when all items have passed.</param>
    public void Add(IStageView stage, Func<Task> run)
    {
        _stages.Add(stage);
        _parts.Add(run);
    }

    /// <summary>Starts all parts. On the thread pool: a source, or a function of the caller, may take its time before its first await.</summary>
    /// <returns>Ends when they have; faulted only by a bug of theirs.</returns>
    public Task Start()
    {
        Task[] running = new Task[_parts.Count];
        for (int i = 0; i < running.Length; i++)
            running[i] = Task.Run(_parts[i]);
        return Task.WhenAll(running);
    }

    /// <summary>The stages at this moment.</summary>
    public StageSnapshot[] Stages()
    {
        StageSnapshot[] stages = new StageSnapshot[_stages.Count];
        for (int i = 0; i < stages.Length; i++)
            stages[i] = _stages[i].Snapshot();
        return stages;
    }
}
