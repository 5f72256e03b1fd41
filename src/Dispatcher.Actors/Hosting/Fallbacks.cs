using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Hosting;

/// <summary>Fallback handlers of a pool that starts.</summary>
internal static class Fallbacks
{
    /// <summary>Gives a type of task its fallback handler.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="routes">The pool's types of task.</param>
    /// <param name="core">The pool's default class of workers.</param>
    /// <param name="fallback">The handler.</param>
    /// <exception cref="ArgumentException">The type has no handler here, or has a fallback already.</exception>
    public static void Attach<TTask, TResult>(RouteTable routes, PoolCore core, Func<TTask, OutcomeDetail, TResult> fallback)
        where TTask : notnull
    {
        if (routes.Find(typeof(TTask)) is not TaskRoute<TTask, TResult> route)
            throw new ArgumentException($"A fallback for '{typeof(TTask)}' with a result of '{typeof(TResult)}' needs a handler for the same: pool '{core.Settings.Name}' has none.", nameof(fallback));
        if (route.HasFallback)
            throw new ArgumentException($"Task type '{typeof(TTask)}' has two fallback handlers.", nameof(fallback));
        string type = typeof(TTask).Name;
        FallbackSettings settings = core.Settings.Admission.FallbackOf(type);
        route.SetFallback(fallback, settings);
        foreach (TaskRoute other in route.OfType)
            ((TaskRoute<TTask, TResult>)other).SetFallback(fallback, settings);
    }
}
