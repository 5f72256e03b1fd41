namespace Dispatcher.Actors.Workers;

/// <summary>A function as handler.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal sealed class DelegateHandler<TTask, TResult> : ITaskHandler<TTask, TResult>, ISharedHandler
{
    private readonly Func<TTask, TaskContext, ValueTask<TResult>> _handler;

    /// <summary>Makes the handler.</summary>
    /// <param name="handler">The function.</param>
    public DelegateHandler(Func<TTask, TaskContext, ValueTask<TResult>> handler) => _handler = handler;

    /// <inheritdoc/>
    public ValueTask<TResult> HandleAsync(TTask task, TaskContext context) => _handler(task, context);
}
