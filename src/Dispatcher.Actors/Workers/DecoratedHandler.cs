namespace Dispatcher.Actors.Workers;

/// <summary>A handler with something around it. Disposes of both, from the outside in; a shared handler stays.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal sealed class DecoratedHandler<TTask, TResult> : ITaskHandler<TTask, TResult>, IAsyncDisposable
    where TTask : notnull
{
    private readonly ITaskHandler<TTask, TResult> _inner;
    private readonly ITaskHandler<TTask, TResult> _outer;

    private DecoratedHandler(ITaskHandler<TTask, TResult> inner, ITaskHandler<TTask, TResult> outer)
    {
        _inner = inner;
        _outer = outer;
    }

    /// <summary>Puts decorators around a handler, the last one outermost.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="decorators">The decorators.</param>
    /// <exception cref="InvalidOperationException">One returned null.</exception>
    public static ITaskHandler<TTask, TResult> Around(ITaskHandler<TTask, TResult> handler, List<IHandlerDecorator> decorators)
    {
        foreach (IHandlerDecorator decorator in decorators)
        {
            ITaskHandler<TTask, TResult> outer = decorator.Decorate(handler)
                ?? throw new InvalidOperationException($"{decorator.GetType().Name} returned null for the handler of {typeof(TTask).Name}.");
            if (!ReferenceEquals(outer, handler))
                handler = new DecoratedHandler<TTask, TResult>(handler, outer);
        }

        return handler;
    }

    /// <inheritdoc/>
    public ValueTask<TResult> HandleAsync(TTask task, TaskContext context) => _outer.HandleAsync(task, context);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisposeAsync(_outer).ConfigureAwait(false);
        if (_inner is not ISharedHandler)
            await DisposeAsync(_inner).ConfigureAwait(false);
    }

    private static async ValueTask DisposeAsync(object handler)
    {
        if (handler is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else
            (handler as IDisposable)?.Dispose();
    }
}
