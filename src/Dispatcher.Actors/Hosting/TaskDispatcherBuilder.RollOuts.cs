using System.Reflection;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.RollOuts;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Hosting;

/// <content>New versions of handlers, for a share of the tasks.</content>
public sealed partial class TaskDispatcherBuilder
{
    private readonly Dictionary<Type, NewVersion> _versions = [];

    /// <summary>
    /// Rolls out a new version of a handler: it runs a share of the tasks, is compared with the old one, and is cut off when it errs more often or is slower.
    /// See <see cref="ITaskDispatcher.GetRollOuts"/> for what an operator does with it.
    /// </summary>
    /// <typeparam name="TTask">The task, of a type that has a handler here: the old version.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <typeparam name="THandler">The new version; made as by <see cref="Handle{TTask, TResult, THandler}"/>.</typeparam>
    /// <param name="share">The share of tasks, or of keys where tasks have them, that it runs from the start, 0 to 1: <c>tasks.NAME.roll-out.share</c>. Null for what is configured.</param>
    /// <param name="options">Says more of the roll-out; null for what is configured.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The type has a new version already.</exception>
    public TaskDispatcherBuilder RollOut<TTask, TResult, THandler>(double? share = null, RollOutOptions? options = null)
        where TTask : notnull
        where THandler : class, ITaskHandler<TTask, TResult> =>
        AddVersion<TTask, TResult>(typeof(THandler).Name, HandlerFactory.Make<THandler>, typeof(THandler), share, options);

    /// <summary>The same for a new version that is made for each task, as by <see cref="HandleScoped{TTask, TResult, THandler}"/>.</summary>
    /// <typeparam name="TTask">The task, of a type that has a handler here: the old version.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <typeparam name="THandler">The new version.</typeparam>
    /// <param name="share">The share that it runs from the start, 0 to 1; null for what is configured.</param>
    /// <param name="options">Says more of the roll-out; null for what is configured.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The type has a new version already.</exception>
    public TaskDispatcherBuilder RollOutScoped<TTask, TResult, THandler>(double? share = null, RollOutOptions? options = null)
        where TTask : notnull
        where THandler : class, ITaskHandler<TTask, TResult> =>
        AddVersion<TTask, TResult>(
            typeof(THandler).Name, static services => new ScopedHandler<TTask, TResult, THandler>(HandlerFactory.Scopes<THandler>(services)), typeof(THandler), share, options);

    /// <summary>The same for a function as new version. All workers share it.</summary>
    /// <typeparam name="TTask">The task, of a type that has a handler here: the old version.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="handler">The new version.</param>
    /// <param name="share">The share that it runs from the start, 0 to 1; null for what is configured.</param>
    /// <param name="options">Says more of the roll-out; null for what is configured.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The type has a new version already.</exception>
    public TaskDispatcherBuilder RollOut<TTask, TResult>(
        Func<TTask, TaskContext, ValueTask<TResult>> handler, double? share = null, RollOutOptions? options = null)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(handler);
        DelegateHandler<TTask, TResult> shared = new(handler);
        return AddVersion<TTask, TResult>($"a new function of {typeof(TTask).Name}", _ => shared, null, share, options);
    }

    private static Func<IServiceProvider?, ITaskHandler<TTask, TResult>> NewVersionOf<TTask, TResult>(NewVersion version) =>
        version.Make as Func<IServiceProvider?, ITaskHandler<TTask, TResult>>
        ?? throw new ArgumentException($"The new version of the handler of '{typeof(TTask)}' returns something else than '{typeof(TResult)}'.");

    private TaskDispatcherBuilder AddVersion<TTask, TResult>(
        string name, Func<IServiceProvider?, ITaskHandler<TTask, TResult>> make, Type? handlerType, double? share, RollOutOptions? options)
        where TTask : notnull
    {
        bool isBlocking = handlerType?.GetCustomAttribute<BlockingHandlerAttribute>() != null;
        if (!_versions.TryAdd(typeof(TTask), new NewVersion(options?.Version ?? name, isBlocking, make)))
            throw new ArgumentException($"Task type '{typeof(TTask)}' has two new versions of its handler. One is rolled out at a time.");
        string path = $"tasks.{typeof(TTask).Name}.roll-out";
        SetIf($"{path}.share", share);
        SetIf($"{path}.minimum-samples", options?.MinimumSamples);
        SetIf($"{path}.false-alarm", options?.FalseAlarm);
        SetIf($"{path}.error-margin", options?.ErrorMargin);
        SetIf($"{path}.latency-margin", options?.LatencyMargin);
        return this;
    }

    private void VerifyVersions()
    {
        if (_versions.Keys.FirstOrDefault(type => !_handlers.Exists(handler => handler.TaskType == type)) is { } unknown)
            throw new ArgumentException($"A new version for '{unknown}' needs an old one: pool '{Name}' has no handler for it.");
    }

    private RollOut? StartRollOut(PoolCore core, Type taskType, string oldVersion) => _versions.TryGetValue(taskType, out NewVersion? version)
        ? new RollOut(core.Settings.Name, taskType, oldVersion, version.Name, core.Settings.ForType(taskType.Name).RollOut!, core.Clock)
        : null;

    private Func<IServiceProvider?, ITaskHandler<TTask, TResult>> WithNewVersion<TTask, TResult>(
        RollOut rollOut, Func<IServiceProvider?, ITaskHandler<TTask, TResult>> makeOld)
        where TTask : notnull
    {
        Func<IServiceProvider?, ITaskHandler<TTask, TResult>> makeNew = NewVersionOf<TTask, TResult>(_versions[typeof(TTask)]);
        return services => new VersionedHandler<TTask, TResult>(rollOut, makeOld, makeNew, services);
    }
}
