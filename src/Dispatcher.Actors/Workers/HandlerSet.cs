using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatcher.Actors.Workers;

/// <summary>
/// One generation of a worker's handlers, and the service scope they live in. A failed worker gets a new one; the old one is disposed of when
/// the last task that runs on it has ended.
/// </summary>
internal sealed class HandlerSet
{
    private readonly PoolCore _core;
    private IServiceScope? _scope;
    private object?[] _handlers;
    private int _holders = 1;

    /// <summary>Makes an empty generation.</summary>
    /// <param name="core">The pool.</param>
    public HandlerSet(PoolCore core)
    {
        _core = core;
        _handlers = new object?[core.Routes.Count];
    }

    /// <summary>The scope's services, from the first handler on; null in a pool without any.</summary>
    public IServiceProvider? Services => _scope?.ServiceProvider ?? _core.Services;

    /// <summary>The handler of a type of task, made on its first use. Only in the worker's turn.</summary>
    /// <param name="route">The type's route.</param>
    public object For(TaskRoute route)
    {
        object?[] handlers = _handlers;
        int index = route.Index;
        return (uint)index < (uint)handlers.Length && handlers[index] is { } handler ? handler : Make(route);
    }

    /// <summary>Makes those that are not there yet. One that cannot be made now fails its first task, and is tried again with the next.</summary>
    public void MakeAll()
    {
        for (int i = 0; i < _core.Routes.Count; i++)
        {
            try
            {
                For(_core.Routes.All[i]);
            }
            catch (Exception error)
            {
                _core.Log.HandlerNotMade(_core.Settings.Name, _core.Routes.All[i].HandlerName, error);
            }
        }
    }

    /// <summary>One user more.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One user less; the last one disposes.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _ = DisposeAllAsync();
    }

    private object Make(TaskRoute route)
    {
        if (route.Index >= _handlers.Length)
            Array.Resize(ref _handlers, _core.Routes.Count);
        _scope ??= MakeScope(route);
        return _handlers[route.Index] = route.MakeHandler(Services);
    }

    // With the first handler, and not with the generation: what fails here fails the task that needs it, and not the worker's start.
    private IServiceScope? MakeScope(TaskRoute route)
    {
        try
        {
            return _core.Services?.GetService<IServiceScopeFactory>()?.CreateScope();
        }
        catch (Exception error)
        {
            throw new HandlerConstructionException(route.HandlerType, error);
        }
    }

    private async Task DisposeAllAsync()
    {
        foreach (object? handler in _handlers)
            await DisposeAsync(handler).ConfigureAwait(false);
        await DisposeAsync(_scope).ConfigureAwait(false);
    }

    private async ValueTask DisposeAsync(object? handler)
    {
        // A delegate's handler is the pool's, not the worker's.
        if (handler is ISharedHandler)
            return;
        try
        {
            if (handler is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            else
                (handler as IDisposable)?.Dispose();
        }
        catch (Exception error)
        {
            _core.Log.HandlerNotDisposed(_core.Settings.Name, handler!.GetType().Name, error);
        }
    }
}
