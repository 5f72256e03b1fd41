using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Workers;

/// <summary>Makes a handler for each task, in a service scope of the task's own, and disposes of both afterwards.</summary>
/// <typeparam name="TTask">The task.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
/// <typeparam name="THandler">The handler.</typeparam>
internal sealed class ScopedHandler<TTask, TResult, THandler> : ITaskHandler<TTask, TResult>
    where THandler : class, ITaskHandler<TTask, TResult>
{
    private readonly IServiceScopeFactory _scopes;

    /// <summary>Makes the handler of handlers, and one of them on trial.</summary>
    /// <param name="scopes">Where scopes come from.</param>
    public ScopedHandler(IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        using IServiceScope trial = scopes.CreateScope();
        HandlerFactory.Make<THandler>(trial.ServiceProvider);
    }

    /// <inheritdoc/>
    public async ValueTask<TResult> HandleAsync(TTask task, TaskContext context)
    {
        AsyncServiceScope scope = _scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            THandler handler = HandlerFactory.Make<THandler>(scope.ServiceProvider);
            return await handler.HandleAsync(task, context.With(scope.ServiceProvider)).ConfigureAwait(false);
        }
    }
}
