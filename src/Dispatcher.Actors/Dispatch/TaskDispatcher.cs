namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// The caller's side of a pool: finds the task's route, and leaves the rest to it. May be handed out before its pool starts; until then it
/// rejects as NoWorkers.
/// </summary>
internal sealed class TaskDispatcher : ITaskDispatcher
{
    private static readonly Rejected s_notStarted = new(RejectReason.NoWorkers, TimeSpan.FromSeconds(1));

    private RouteTable? _routes;
    private IReadOnlyList<PoolCore> _classes = [];

    /// <summary>Makes the caller's side of a pool that has not started.</summary>
    /// <param name="name">The pool's name.</param>
    public TaskDispatcher(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The pool's default class of workers; null until it starts.</summary>
    public PoolCore? Core => Classes is [var core, ..] ? core : null;

    /// <summary>The pool has started.</summary>
    /// <param name="routes">The ways to all of its classes of workers, by type of task.</param>
    /// <param name="classes">Its classes of workers, the default one first.</param>
    public void Attach(RouteTable routes, IReadOnlyList<PoolCore> classes)
    {
        Volatile.Write(ref _classes, classes);
        Volatile.Write(ref _routes, routes);
    }

    /// <summary>Its classes of workers; none before the start.</summary>
    public IReadOnlyList<PoolCore> Classes => Volatile.Read(ref _classes);

    /// <inheritdoc/>
    public ValueTask<TaskOutcome<TResult>> RunAsync<TResult>(ITask<TResult> task, TaskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Volatile.Read(ref _routes)?.Find(task.GetType()) is TaskRoute<TResult> route
            ? route.RunAsync(task, options, cancellationToken)
            : new ValueTask<TaskOutcome<TResult>>(TaskOutcome<TResult>.Ended(NoRoute()));
    }

    /// <inheritdoc/>
    public ValueTask<TaskOutcome<TResult>> RunAsync<TTask, TResult>(TTask task, TaskOptions? options = null, CancellationToken cancellationToken = default)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(task);
        return Volatile.Read(ref _routes)?.Find(typeof(TTask)) is TaskRoute<TTask, TResult> route
            ? route.RunAsync(task, options, cancellationToken)
            : new ValueTask<TaskOutcome<TResult>>(TaskOutcome<TResult>.Ended(NoRoute()));
    }

    /// <inheritdoc/>
    public ValueTask<TaskHandle<TResult>> SubmitAsync<TResult>(ITask<TResult> task, TaskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Volatile.Read(ref _routes)?.Find(task.GetType()) is TaskRoute<TResult> route
            ? route.SubmitAsync(task, options, cancellationToken)
            : new ValueTask<TaskHandle<TResult>>(TaskHandle<TResult>.Refused(NoRoute()));
    }

    /// <inheritdoc/>
    public bool TrySubmit<TResult>(ITask<TResult> task, out TaskHandle<TResult> handle, TaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (Volatile.Read(ref _routes)?.Find(task.GetType()) is TaskRoute<TResult> route)
            return route.TrySubmit(task, options, out handle);
        handle = TaskHandle<TResult>.Refused(NoRoute());
        return false;
    }

    /// <inheritdoc/>
    public bool TrySubmit<TResult>(ITask<TResult> task, TaskOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (Volatile.Read(ref _routes)?.Find(task.GetType()) is TaskRoute<TResult> route)
            return route.TrySubmit(task, options);
        NoRoute();
        return false;
    }

    /// <inheritdoc/>
    public ValueTask<bool> PostAsync<TResult>(ITask<TResult> task, TaskOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (Volatile.Read(ref _routes)?.Find(task.GetType()) is TaskRoute<TResult> route)
            return route.PostAsync(task, options, cancellationToken);
        NoRoute();
        return new ValueTask<bool>(false);
    }

    /// <inheritdoc/>
    public PoolSnapshot Snapshot() =>
        Classes is { Count: > 0 } classes ? classes.Select(core => core.Snapshot()).Aggregate((one, other) => one.Plus(other)) : PoolSnapshot.NotStarted(Name);

    /// <inheritdoc/>
    public IReadOnlyList<WorkerSnapshot> GetWorkers() => [.. Classes.SelectMany(core => core.Slots.List())];

    /// <inheritdoc/>
    public void Resize(int workers)
    {
        PoolCore core = Core ?? throw new InvalidOperationException($"Pool '{Name}' has not started.");
        core.Resize(workers);
    }

    /// <inheritdoc/>
    public void ResumeScaling() => Core?.ResumeScaling();

    /// <inheritdoc/>
    public IReadOnlyList<ScalingDecided> GetScalingDecisions() => Core?.Decisions.ToList() ?? [];

    /// <inheritdoc/>
    public IReadOnlyList<TaskContract> GetContracts() => [.. Volatile.Read(ref _routes)?.All.Select(static route => route.Contract) ?? []];

    /// <inheritdoc/>
    public IReadOnlyList<ITaskRollOut> GetRollOuts() => [.. Volatile.Read(ref _routes)?.All.Select(static route => route.RollOut).OfType<ITaskRollOut>() ?? []];

    private OutcomeDetail NoRoute() => Core?.Refuse(OutcomeDetails.NoHandler) ?? s_notStarted;
}
