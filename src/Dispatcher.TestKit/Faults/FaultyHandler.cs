using Dispatcher.Actors;

namespace Dispatcher.TestKit;

/// <summary>A handler whose calls suffer faults.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
/// <param name="handler">The handler.</param>
/// <param name="series">The faults of its type of task.</param>
/// <param name="count">Counts the faults that happen.</param>
internal sealed class FaultyHandler<TTask, TResult>(ITaskHandler<TTask, TResult> handler, FaultSeries series, Action count) : ITaskHandler<TTask, TResult>
    where TTask : notnull
{
    /// <inheritdoc/>
    public async ValueTask<TResult> HandleAsync(TTask task, TaskContext context)
    {
        int call = series.Begin();
        await series.HappenAsync(call, FaultPoint.Before, context, count).ConfigureAwait(false);
        TResult result = await handler.HandleAsync(task, context).ConfigureAwait(false);
        await series.HappenAsync(call, FaultPoint.After, context, count).ConfigureAwait(false);
        return result;
    }
}
