using System.Reflection;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Scaling.Classes;
using Dispatcher.Actors.Workers;
using Dispatcher.Actors.Workers.Traits;

namespace Dispatcher.Actors.Hosting;

/// <summary>Describes a pool: its handlers, and what it sets by code. Code wins over configuration; what is not set comes from there.</summary>
public sealed partial class TaskDispatcherBuilder
{
    private static readonly WorkerClass[] s_measured = [WorkerClass.Cpu, WorkerClass.Io, WorkerClass.Long];

    private readonly List<DeclaredHandler> _handlers = [];
    private readonly List<Action<RouteTable, PoolCore>> _fallbacks = [];
    private readonly HashSet<Type> _fallbackTypes = [];
    private readonly List<IHandlerDecorator> _decorators = [];
    private readonly Dictionary<Type, Delegate> _measures = [];
    private readonly Dictionary<string, object> _settings = new(StringComparer.Ordinal);

    internal TaskDispatcherBuilder(string name) => Name = name;

    /// <summary>The pool's name.</summary>
    public string Name { get; }

    private DeclaredHandlers Handlers => new(_handlers.GroupBy(handler => handler.TaskType).ToDictionary(type => type.Key, type => DeclaredClass(type.First())))
    {
        Fallbacks = _fallbackTypes,
        RollOuts = _versions.Keys,
        MeasuredByCode = _measures.Keys,
        Measured = [.. _handlers.Select(handler => handler.TaskType).Where(type => _measures.ContainsKey(type) || typeof(IPayloadSize).IsAssignableFrom(type))],
    };

    internal List<MeasuredType> MeasuredTypes { get; } = [];

    internal TimeProvider? Time { get; private set; }

    internal long? Seed { get; private set; }

    /// <summary>Registers a handler that a worker makes for itself, from its own service scope; made fresh after a failure.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <typeparam name="THandler">The handler; its constructor may ask for services.</typeparam>
    /// <param name="describe">Says more of the handler; null for nothing.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Handle<TTask, TResult, THandler>(Action<HandlerBuilder>? describe = null)
        where TTask : notnull
        where THandler : class, ITaskHandler<TTask, TResult>
    {
        return Add<TTask, TResult>(typeof(THandler).Name, HandlerFactory.Make<THandler>, describe, typeof(THandler));
    }

    /// <summary>Registers a handler that is made for each task, in a service scope of the task's own: for handlers that use scoped services.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <typeparam name="THandler">The handler; its constructor may ask for scoped services.</typeparam>
    /// <param name="describe">Says more of the handler; null for nothing.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder HandleScoped<TTask, TResult, THandler>(Action<HandlerBuilder>? describe = null)
        where TTask : notnull
        where THandler : class, ITaskHandler<TTask, TResult>
    {
        return Add(
            typeof(THandler).Name, static services => new ScopedHandler<TTask, TResult, THandler>(HandlerFactory.Scopes<THandler>(services)), describe, typeof(THandler));
    }

    /// <summary>Registers a function as handler. All workers share it.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="handler">The function.</param>
    /// <param name="describe">Says more of the handler; null for nothing.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Handle<TTask, TResult>(Func<TTask, TaskContext, ValueTask<TResult>> handler, Action<HandlerBuilder>? describe = null)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        DelegateHandler<TTask, TResult> shared = new(handler);
        return Add($"a function of {typeof(TTask).Name}", _ => shared, describe, null);
    }

    /// <summary>
    /// Registers a fallback handler: it answers for a task in place of a refusal by an open circuit breaker, or of other outcomes as <c>admission.fallback</c>
    /// says. It runs where the outcome would have been given, so it must return a value that is at hand, and neither wait nor compute long. What it
    /// throws is logged, and the outcome stands.
    /// </summary>
    /// <typeparam name="TTask">The task, of a type that has a handler here.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="fallback">The function: the task, and what it would have ended with.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Fallback<TTask, TResult>(Func<TTask, OutcomeDetail, TResult> fallback)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(fallback);
        _fallbacks.Add((routes, core) => Fallbacks.Attach(routes, core, fallback));
        _fallbackTypes.Add(typeof(TTask));
        return this;
    }

    /// <summary>Limits the rate of all tasks together: <c>admission.rate</c>.</summary>
    /// <param name="perSecond">How many a second in the long run.</param>
    /// <param name="burst">How many at once after a quiet time; null for as many as come in a second.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder RateLimit(double perSecond, int? burst = null)
    {
        Set("admission.rate.per-second", perSecond);
        return burst is { } count ? Set("admission.rate.burst", count) : this;
    }

    /// <summary>Limits how many tasks are accepted and have no outcome yet: <c>admission.concurrency.limit</c>.</summary>
    /// <param name="limit">How many.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder ConcurrencyLimit(int limit) => Set("admission.concurrency.limit", limit);

    /// <summary>Gives each type of task a circuit breaker: <c>admission.breaker.preset</c>.</summary>
    /// <param name="preset"><c>patient</c>, <c>quick</c> or <c>consecutive</c>; see <see cref="BreakerPresets"/>.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Breaker(string preset) => Set("admission.breaker.preset", preset);

    /// <summary>Protects the pool under overload by all there is: an adaptive concurrency limit, controlled delay, shedding by class.</summary>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder ProtectFromOverload() =>
        Set("admission.adaptive.enabled", "on").Set("admission.codel.enabled", "on").Set("admission.shed.enabled", "on");

    /// <summary>Shares the queue fairly between tenants: <c>admission.tenants.fair</c>.</summary>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder ShareBetweenTenants() => Set("admission.tenants.fair", "on");

    /// <summary>Sets the number of workers: <c>workers.min</c> and <c>workers.max</c>.</summary>
    /// <param name="workers">How many.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Workers(int workers) => Workers(workers, workers);

    /// <summary>Sets the bounds for the number of workers: <c>workers.min</c> and <c>workers.max</c>.</summary>
    /// <param name="min">How many there are at least, and from the start.</param>
    /// <param name="max">How many there may be.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Workers(int min, int max) => Set("workers.min", min).Set("workers.max", max);

    /// <summary>Lets the pool find its size by itself: <c>workers.min</c>, <c>workers.max</c>, <c>scaling.policy</c> and <c>scaling.slo.target-wait</c>.</summary>
    /// <param name="min">How many workers there are at least, and from the start.</param>
    /// <param name="max">How many there may be.</param>
    /// <param name="targetWait">How long 99 of 100 tasks may wait for a worker at most.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Scale(int min, int max, TimeSpan targetWait) =>
        Workers(min, max).Set("scaling.policy", "slo").Set("scaling.slo.target-wait", targetWait);

    /// <summary>Sets how many tasks a worker may have in flight: <c>concurrency</c>.</summary>
    /// <param name="perWorker">How many.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Concurrency(int perWorker) => Set("concurrency", perWorker);

    /// <summary>Sets the queue's bound and what happens above it: <c>queue.capacity</c> and <c>queue.full-policy</c>.</summary>
    /// <param name="capacity">How many tasks may wait for a worker.</param>
    /// <param name="whenFull">What happens to one more.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Queue(int capacity, FullPolicy whenFull = FullPolicy.Refuse) =>
        Set("queue.capacity", capacity).Set("queue.full-policy", whenFull switch
        {
            FullPolicy.Wait => "wait",
            FullPolicy.DropOldest => "drop-oldest",
            FullPolicy.Refuse => "refuse",
            _ => whenFull.ToString(),
        });

    /// <summary>Sets which worker runs a task: <c>routing</c>.</summary>
    /// <param name="policy">By what it is chosen.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Routing(RoutingPolicy policy) => Set("routing", policy switch
    {
        RoutingPolicy.RoundRobin => "round-robin",
        RoutingPolicy.SmallestMailbox => "smallest-mailbox",
        RoutingPolicy.RandomOfTwo => "random-of-two",
        RoutingPolicy.ConsistentHash => "consistent-hash",
        RoutingPolicy.CreditPull => "credit-pull",
        _ => policy.ToString(),
    });

    /// <summary>Binds the threads of the cpu class's workers to certain processors, one each, in turn: <c>cpu.cores</c>.</summary>
    /// <param name="cores">The processors, by number; the process may use them.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder PinCpuWorkers(params ReadOnlySpan<int> cores) => Set("cpu.cores", string.Join(",", cores.ToArray()));

    /// <summary>Types of task whose class of workers nobody declares find it by measurement: <c>measuring.enabled</c>.</summary>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder MeasureClasses() => Set("measuring.enabled", "on");

    /// <summary>Sets when and how often failed tasks are tried again: <c>retries</c>. What the options leave out stays as configured.</summary>
    /// <param name="retries">The options.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Retries(RetryOptions retries) => SetRetries("retries", retries);

    /// <summary>The same for one type of task: <c>tasks.NAME.retries</c>.</summary>
    /// <typeparam name="TTask">The task; it has a handler here.</typeparam>
    /// <param name="retries">The options.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Retries<TTask>(RetryOptions retries)
        where TTask : notnull => SetRetries($"tasks.{typeof(TTask).Name}.retries", retries);

    /// <summary>Sets any setting of the pool; see <c>hocon/reference.conf</c> for what there is.</summary>
    /// <param name="key">Its path below the pool, such as <c>queue.budget</c>.</param>
    /// <param name="value">A number, a text (a list has commas between its parts), or a <see cref="TimeSpan"/> where a duration is expected.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Set(string key, object value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(value);
        _settings[key] = value;
        return this;
    }

    /// <summary>Sets where the pool's time comes from; for tests. Without it: the service provider's, or the system's.</summary>
    /// <param name="time">The time.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder UseTimeProvider(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        Time = time;
        return this;
    }

    /// <summary>Puts something around every handler of the pool, whether registered before or after. With more than one, the last is outermost.</summary>
    /// <param name="decorator">What goes around.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder Decorate(IHandlerDecorator decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        _decorators.Add(decorator);
        return this;
    }

    /// <summary>Says how large the payload of a type of task is; for <c>payload-cap</c>. Without it: what the task says as <see cref="IPayloadSize"/>.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <param name="measure">The size in bytes. Runs in the submitter's turn.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder MeasurePayload<TTask>(Func<TTask, long> measure)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(measure);
        _measures[typeof(TTask)] = measure;
        return this;
    }

    /// <summary>Sets where the pool's chance comes from, such as the jitter of retries; for tests that have to come out the same. Without it: the system's.</summary>
    /// <param name="seed">Any number.</param>
    /// <returns>This builder.</returns>
    public TaskDispatcherBuilder UseSeed(long seed)
    {
        Seed = seed;
        return this;
    }

    /// <summary>What those have to know who read the pool's settings.</summary>
    /// <exception cref="ArgumentException">Something is said of a type of task that has no handler here.</exception>
    internal PoolDescription Describe()
    {
        VerifyVersions();
        if (_measures.Keys.FirstOrDefault(type => !_handlers.Exists(handler => handler.TaskType == type)) is { } unknown)
            throw new ArgumentException($"A payload of '{unknown}' is to be measured, and pool '{Name}' has no handler for it.");
        return new PoolDescription(Name, _settings, Handlers);
    }

    /// <summary>Adds the routes of a pool to the classes of workers that run them.</summary>
    /// <param name="classes">The classes, the default one first.</param>
    /// <returns>All routes, for callers.</returns>
    internal RouteTable AddRoutesTo(IReadOnlyList<PoolCore> classes)
    {
        PoolCore core = classes[0];
        RouteTable all = new();
        foreach (DeclaredHandler handler in _handlers)
        {
            WorkerClass workers = ClassOf(handler, core.Settings);
            PoolCore runner = classes.First(each => each.Settings.Class == workers);
            TaskRoute route = AddRoute(handler, runner);
            all.Add(route);
            if (IsMeasured(handler, core.Settings))
                MeasuredTypes.Add(Measure(handler, route, all, classes));
        }

        foreach (Action<RouteTable, PoolCore> attach in _fallbacks)
            attach(all, core);
        // One of each now, so that a handler which cannot be made fails the start and not the first task.
        foreach (PoolCore each in classes)
            TryHandlers(each);
        return all;
    }

    /// <summary>The classes of workers that the pool needs beside its default one.</summary>
    /// <param name="settings">The pool's settings.</param>
    internal IEnumerable<WorkerClass> OtherClasses(PoolSettings settings) =>
        _handlers.Select(handler => ClassOf(handler, settings))
            .Concat(_handlers.Exists(handler => IsMeasured(handler, settings)) ? s_measured : [])
            .Where(workers => workers != WorkerClass.Default).Distinct().Order();

    private static TaskRoute AddRoute(DeclaredHandler handler, PoolCore core)
    {
        TaskRoute route = handler.MakeRoute(core);
        core.Routes.Add(route);
        return route;
    }

    // The versions of a roll-out are compared where they are.
    private bool IsMeasured(DeclaredHandler handler, PoolSettings settings) =>
        settings.Measuring != null && !_versions.ContainsKey(handler.TaskType) && DeclaredClass(handler) == null && settings.ClassOf(handler.TaskType) == null;

    // A route to each class that it may come to.
    private static MeasuredType Measure(DeclaredHandler handler, TaskRoute first, RouteTable all, IReadOnlyList<PoolCore> classes)
    {
        IEnumerable<TaskRoute> others = classes.Where(core => s_measured.Contains(core.Settings.Class)).Select(core => AddRoute(handler, core));
        Clock clock = first.Core.Clock;
        // What threads use is real; beside virtual time it means nothing.
        return new MeasuredType(all, [first, .. others], new TypeTraits(clock, clock.IsVirtual ? null : LinuxThreadUse.Instance));
    }

    private WorkerClass ClassOf(DeclaredHandler handler, PoolSettings settings) =>
        DeclaredClass(handler) ?? settings.ClassOf(handler.TaskType) ?? WorkerClass.Default;

    // Both versions of a handler run on the same workers.
    private WorkerClass? DeclaredClass(DeclaredHandler handler) =>
        handler.Class ?? (_versions.GetValueOrDefault(handler.TaskType) is { IsBlocking: true } ? WorkerClass.Blocking : null);

    private static void TryHandlers(PoolCore core)
    {
        HandlerSet trial = new(core);
        foreach (TaskRoute route in core.Routes.All)
            core.Routes.AnyOwn |= trial.For(route) is not ISharedHandler;
        trial.Release();
    }

    private TaskDispatcherBuilder SetRetries(string path, RetryOptions retries)
    {
        ArgumentNullException.ThrowIfNull(retries);
        SetIf($"{path}.attempts", retries.Attempts);
        SetIf($"{path}.try-timeout", retries.TryTimeout == Timeout.InfiniteTimeSpan ? "off" : retries.TryTimeout);
        SetIf($"{path}.on", retries.On == null ? null : string.Join(", ", retries.On));
        SetIf($"{path}.backoff-first", retries.BackoffFirst);
        SetIf($"{path}.backoff-max", retries.BackoffMax);
        return this;
    }

    private TaskDispatcherBuilder Add<TTask, TResult>(
        string handlerName, Func<IServiceProvider?, ITaskHandler<TTask, TResult>> make, Action<HandlerBuilder>? describe, Type? handlerType)
        where TTask : notnull
    {
        HandlerBuilder handler = new();
        describe?.Invoke(handler);
        WorkerClass? workers = handler.Class ?? (handlerType?.GetCustomAttribute<BlockingHandlerAttribute>() == null ? null : WorkerClass.Blocking);
        _handlers.Add(new DeclaredHandler(typeof(TTask), workers, core =>
        {
            RollOut? rollOut = StartRollOut(core, typeof(TTask), handlerName);
            Func<IServiceProvider?, ITaskHandler<TTask, TResult>> versioned = rollOut == null ? make : WithNewVersion(rollOut, make);
            return new TaskRoute<TTask, TResult>(
                core, handlerName, _decorators.Count == 0 ? versioned : services => DecoratedHandler<TTask, TResult>.Around(versioned(services), _decorators),
                _measures.GetValueOrDefault(typeof(TTask)) as Func<TTask, long>) { RollOut = rollOut };
        }));
        return this;
    }
}
