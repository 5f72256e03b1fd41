using Dispatcher.Actors.Scaling;

namespace Dispatcher.Actors.Configuration;

/// <summary>The settings of a pool, read and validated. Meaning, unit, range and default of each: <c>hocon/reference.conf</c>.</summary>
public sealed record PoolSettings
{
    /// <summary>The pool's name.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the pool's classes of workers these settings are for.</summary>
    public WorkerClass Class { get; init; }

    /// <summary><c>workers.min</c></summary>
    public required int WorkersMin { get; init; }

    /// <summary><c>workers.max</c></summary>
    public required int WorkersMax { get; init; }

    /// <summary><c>workers.replacements</c></summary>
    public required int Replacements { get; init; }

    /// <summary><c>scaling</c></summary>
    public required ScalingSettings Scaling { get; init; }

    // What the data plane has to know of it; the rest is none of its business.
    internal int DecisionsKept => Scaling.Decisions;

    /// <summary><c>workers.start-timeout</c></summary>
    public required TimeSpan StartTimeout { get; init; }

    /// <summary>The classes of workers that the pool has where a type of task needs one: <c>blocking</c>, <c>cpu</c>, <c>io</c>, <c>long</c>.</summary>
    public required IReadOnlyDictionary<WorkerClass, ClassSettings> Classes { get; init; }

    /// <summary><c>measuring</c>; null for off.</summary>
    public MeasuringSettings? Measuring { get; init; }

    /// <summary>The cores that the workers' threads are bound to, in turn; none where they are bound to nothing.</summary>
    public IReadOnlyList<int> Cores { get; init; } = [];

    /// <summary>How much nicer than the process the workers' threads are; 0 where they are as it.</summary>
    public int Nice { get; init; }

    /// <summary><c>held-thread-warning</c>; null for off.</summary>
    public required TimeSpan? HeldThreadWarning { get; init; }

    /// <summary><c>concurrency</c></summary>
    public required int Concurrency { get; init; }

    /// <summary><c>tasks-per-key</c></summary>
    public required int TasksPerKey { get; init; }

    /// <summary><c>idempotency</c></summary>
    public required IdempotencySettings Idempotency { get; init; }

    /// <summary><c>tasks-per-turn</c></summary>
    public required int TasksPerTurn { get; init; }

    /// <summary><c>time-per-turn</c>; null for off.</summary>
    public required TimeSpan? TimePerTurn { get; init; }

    /// <summary><c>callers-in-turn</c>; null for off.</summary>
    public required TimeSpan? CallersInTurn { get; init; }

    /// <summary><c>routing</c></summary>
    public required RoutingPolicy Routing { get; init; }

    /// <summary><c>queue.per-worker</c>; used only where <see cref="Routing"/> is not credit pull.</summary>
    public required int QueuePerWorker { get; init; }

    /// <summary><c>queue.capacity</c></summary>
    public required int QueueCapacity { get; init; }

    /// <summary><c>queue.full-policy</c></summary>
    public required FullPolicy FullPolicy { get; init; }

    /// <summary><c>queue.max-waiting</c></summary>
    public required int MaxWaiting { get; init; }

    /// <summary><c>queue.budget</c>; null for off.</summary>
    public required TimeSpan? QueueBudget { get; init; }

    /// <summary><c>queue.retry-after</c></summary>
    public required TimeSpan RetryAfter { get; init; }

    /// <summary><c>admission</c>, and <c>tasks.NAME.admission</c>.</summary>
    public AdmissionSettings Admission { get; init; } = AdmissionSettings.Off;

    /// <summary><c>grace</c></summary>
    public required TimeSpan Grace { get; init; }

    /// <summary><c>payload-cap</c>; 0 for none.</summary>
    public required int PayloadCap { get; init; }

    /// <summary><c>deadline-resolution</c></summary>
    public required TimeSpan DeadlineResolution { get; init; }

    /// <summary><c>drain-timeout</c></summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary><c>retries</c>, for each task.</summary>
    public required RetrySettings Retries { get; init; }

    /// <summary><c>retries</c>, for all tasks together.</summary>
    public required RetryLimits RetryLimits { get; init; }

    /// <summary><c>supervision</c></summary>
    public required SupervisionSettings Supervision { get; init; }

    /// <summary><c>tasks</c>: what certain types of task have of their own, by the type's name.</summary>
    public required IReadOnlyDictionary<string, TaskTypeSettings> Tasks { get; init; }

    /// <summary><c>dispatcher</c></summary>
    public required string Dispatcher { get; init; }

    /// <summary><c>mailbox</c></summary>
    public required string Mailbox { get; init; }

    /// <summary>The pool's name, with its class of workers unless that is the default: what actors and series of metrics are called.</summary>
    internal string Label => Class == WorkerClass.Default ? Name : $"{Name}.{ClassReader.KeyOf(Class)}";

    /// <summary>The settings of a type of task.</summary>
    /// <param name="type">Its name.</param>
    internal TaskTypeSettings ForType(string type) => Tasks.TryGetValue(type, out TaskTypeSettings? own) ? own : new TaskTypeSettings
    {
        Retries = Retries,
        Contract = new ContractSettings { QueueBudget = QueueBudget, PayloadCap = PayloadCap },
    };

    /// <summary>The settings of one of the pool's other classes: threads of its own, a fixed number of workers, one queue for them, no callers in their turns.</summary>
    /// <param name="workers">The class; not the default one.</param>
    internal PoolSettings For(WorkerClass workers) => this with
    {
        Class = workers,
        WorkersMin = Classes[workers].Workers,
        WorkersMax = Classes[workers].Workers,
        Concurrency = Classes[workers].Concurrency ?? Concurrency,
        Cores = Classes[workers].Cores,
        Nice = Classes[workers].Nice,
        Scaling = Scaling with { Policy = ScalingKind.Off },
        Dispatcher = Classes[workers].Dispatcher,
        Routing = RoutingPolicy.CreditPull,
        CallersInTurn = null,
        HeldThreadWarning = null,
    };

    /// <summary>The class of workers that the configuration names a type of task for; null where none does.</summary>
    /// <param name="taskType">The type.</param>
    internal WorkerClass? ClassOf(Type taskType)
    {
        foreach ((WorkerClass workers, ClassSettings settings) in Classes)
        {
            if (settings.Names(taskType))
                return workers;
        }

        return null;
    }
}
