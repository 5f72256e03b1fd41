using System.Runtime.CompilerServices;

namespace Dispatcher.Actors.RollOuts;

/// <summary>Both versions of a handler, as a worker has them: the roll-out says which one runs a task.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
internal sealed class VersionedHandler<TTask, TResult> : ITaskHandler<TTask, TResult>, IAsyncDisposable
    where TTask : notnull
{
    private readonly RollOut _rollOut;
    private readonly ITaskHandler<TTask, TResult> _old;
    private readonly ITaskHandler<TTask, TResult> _new;

    /// <summary>Makes both. Once the pool has started, a new version that cannot be made fails its own tasks and leaves the old one alone.</summary>
    /// <param name="rollOut">Their roll-out.</param>
    /// <param name="makeOld">Makes the old version.</param>
    /// <param name="makeNew">Makes the new version.</param>
    /// <param name="services">What they may ask for; null for none.</param>
    public VersionedHandler(
        RollOut rollOut, Func<IServiceProvider?, ITaskHandler<TTask, TResult>> makeOld, Func<IServiceProvider?, ITaskHandler<TTask, TResult>> makeNew,
        IServiceProvider? services)
    {
        _rollOut = rollOut;
        _old = makeOld(services);
        try
        {
            _new = makeNew(services);
        }
        catch (Exception error) when (rollOut.HasStarted)
        {
            _new = new MissingHandler(error);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResult> HandleAsync(TTask task, TaskContext context)
    {
        VersionCall call = _rollOut.Begin(context);
        ValueTask<TResult> pending;
        try
        {
            pending = (call.IsNew ? _new : _old).HandleAsync(task, context);
        }
        catch (Exception error)
        {
            call.Threw(context, error);
            throw;
        }

        if (!pending.IsCompletedSuccessfully)
            return AwaitAsync(pending, call, context);
        call.Returned(context);
        return pending;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisposeAsync(_new).ConfigureAwait(false);
        await DisposeAsync(_old).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<TResult> AwaitAsync(ValueTask<TResult> pending, VersionCall call, TaskContext context)
    {
        try
        {
            TResult result = await pending.ConfigureAwait(false);
            call.Returned(context);
            return result;
        }
        catch (Exception error)
        {
            call.Threw(context, error);
            throw;
        }
    }

    private static async ValueTask DisposeAsync(object handler)
    {
        // A function's handler is the pool's, not the worker's.
        if (handler is Workers.ISharedHandler)
            return;
        if (handler is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else
            (handler as IDisposable)?.Dispose();
    }

    /// <summary>Stands in for a version that could not be made.</summary>
    private sealed class MissingHandler(Exception error) : ITaskHandler<TTask, TResult>
    {
        public ValueTask<TResult> HandleAsync(TTask task, TaskContext context) => ValueTask.FromException<TResult>(error);
    }
}
