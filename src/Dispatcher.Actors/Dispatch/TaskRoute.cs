using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Contracts;
using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Workers.Failures;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Dispatch;

/// <summary>A type of task in a pool: how to make its cells and its handlers.</summary>
internal abstract partial class TaskRoute
{
    private protected TaskRoute(PoolCore core, Type taskType, string handlerName, int cellTypeId)
    {
        Core = core;
        TaskType = taskType;
        HandlerName = handlerName;
        CellTypeId = cellTypeId;
        Index = core.Routes.Count;
        Callers = new CallerTimes(core.CallerLimitTicks);
        Sampler = core.Sampler;
        Admission = core.Gate?.ForType(taskType.Name) ?? TypeAdmission.None;
        Settings = core.Settings.ForType(taskType.Name);
        Retries = new RetryPolicy(Settings.Retries);
        TryTicks = Retries.Settings.TryTimeout is { } limit ? core.Clock.Ticks(limit) : 0;
        ContractSettings contract = Settings.Contract;
        QueueBudgetTicks = contract.QueueBudget is { } budget ? core.Clock.Ticks(budget) : 0;
        Defaults = TaskDefaults.Of(contract.Deadline, contract.RunBudget, contract.Priority);
        Target = contract.P99Target is { } target ? new TargetWatch(target, core.Clock.Provider.TimestampFrequency) : null;
        HasTimes = QueueBudgetTicks != 0 || TryTicks != 0;
    }

    /// <summary>The pool.</summary>
    public PoolCore Core { get; }

    /// <summary>The type of task.</summary>
    public Type TaskType { get; }

    /// <summary>Its handler's name, for messages.</summary>
    public string HandlerName { get; }

    /// <summary>Which of the pool's tasks are timed; here too, since every task asks.</summary>
    public TimingSampler Sampler { get; }

    /// <summary>How long its timed tasks were in their handler; null where nobody wants to know. Set before the pool starts.</summary>
    public DurationHistogram? Runs { get; set; }

    /// <summary>What is measured of its runs; null for nothing. Set before the pool starts.</summary>
    public TypeTraits? Traits { get; private set; }

    /// <summary>Where its urgent tasks go instead; null where they go the same way.</summary>
    public TaskRoute? Urgent { get; set; }

    /// <summary>All routes of its type, to several classes of workers. Set before the pool starts.</summary>
    public IReadOnlyList<TaskRoute> OfType { get; private set; } = [];

    /// <summary>What its handlers are, whatever makes them.</summary>
    public abstract Type HandlerType { get; }

    /// <summary>What they return.</summary>
    public abstract Type ResultType { get; }

    /// <summary>How long its callers go on after their await.</summary>
    public CallerTimes Callers { get; }

    /// <summary>What it has of its own at the pool's gate.</summary>
    public TypeAdmission Admission { get; private set; }

    /// <summary>Whether a fallback handler may answer for it.</summary>
    public bool HasFallback { get; protected set; }

    /// <summary>Whether the size of its tasks' payload is known.</summary>
    public bool IsMeasurable { get; private protected init; }

    /// <summary>Its settings.</summary>
    public TaskTypeSettings Settings { get; }

    /// <summary>What its contract gives to tasks whose caller left it open; null where that is nothing.</summary>
    public TaskDefaults? Defaults { get; }

    /// <summary>Whether its target can be met; null without one.</summary>
    public TargetWatch? Target { get; }

    /// <summary>How long its tasks may wait unless they say otherwise, in timestamp units; 0 for ever.</summary>
    public long QueueBudgetTicks { get; }

    /// <summary>When its tasks are tried again.</summary>
    public RetryPolicy Retries { get; }

    /// <summary>How long one try may take, in timestamp units; 0 for no limit.</summary>
    public long TryTicks { get; }

    /// <summary>Whether even a task without options has times to look after.</summary>
    public bool HasTimes { get; }

    /// <summary>The roll-out of a new version of its handler; null without one.</summary>
    public RollOut? RollOut { get; init; }

    /// <summary>The number of its handler among the pool's.</summary>
    public int Index { get; }

    /// <summary>The number of its cells' type among the process's.</summary>
    public int CellTypeId { get; }

    /// <summary>It is one of several routes of a type, which has one set of limits and breakers, and one set of traits.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="traits">What is measured of the type.</param>
    public void JoinType(TaskRoute first, TypeTraits traits)
    {
        if (first != this)
            Core.Gate?.Drop(Admission);
        Admission = first.Admission;
        Traits = traits;
        first.OfType = [.. first.OfType, this];
    }

    /// <summary>Makes a handler for a worker.</summary>
    /// <param name="services">What it may ask for; null for none.</param>
    /// <returns>The handler.</returns>
    public abstract object MakeHandler(IServiceProvider? services);
}

/// <summary>A type of task by its result: what <see cref="ITask{TResult}"/> leaves open.</summary>
/// <typeparam name="TResult">What the handler returns.</typeparam>
internal abstract class TaskRoute<TResult> : TaskRoute
{
    private protected TaskRoute(PoolCore core, Type taskType, string handlerName, int cellTypeId)
        : base(core, taskType, handlerName, cellTypeId)
    {
    }

    /// <inheritdoc/>
    public override Type ResultType => typeof(TResult);

    /// <inheritdoc cref="ITaskDispatcher.RunAsync{TResult}"/>
    public abstract ValueTask<TaskOutcome<TResult>> RunAsync(ITask<TResult> task, TaskOptions? options, CancellationToken cancellationToken);

    /// <inheritdoc cref="ITaskDispatcher.SubmitAsync{TResult}"/>
    public abstract ValueTask<TaskHandle<TResult>> SubmitAsync(ITask<TResult> task, TaskOptions? options, CancellationToken cancellationToken);

    /// <inheritdoc cref="ITaskDispatcher.TrySubmit{TResult}(ITask{TResult}, out TaskHandle{TResult}, TaskOptions?)"/>
    public abstract bool TrySubmit(ITask<TResult> task, TaskOptions? options, out TaskHandle<TResult> handle);

    /// <inheritdoc cref="ITaskDispatcher.TrySubmit{TResult}(ITask{TResult}, TaskOptions?)"/>
    public abstract bool TrySubmit(ITask<TResult> task, TaskOptions? options);

    /// <inheritdoc cref="ITaskDispatcher.PostAsync{TResult}"/>
    public abstract ValueTask<bool> PostAsync(ITask<TResult> task, TaskOptions? options, CancellationToken cancellationToken);
}
