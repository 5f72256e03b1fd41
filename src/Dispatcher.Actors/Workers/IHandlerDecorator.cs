namespace Dispatcher.Actors;

/// <summary>Puts something around the handlers of a pool: a check, a measurement, a fault of a test.</summary>
public interface IHandlerDecorator
{
    /// <summary>Called whenever a handler is made: for each worker, and anew after a failure.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="handler">The handler. The pool disposes of it; and of what goes around it, if that is disposable.</param>
    /// <returns>What the pool calls in its place; the handler itself for nothing around it.</returns>
    ITaskHandler<TTask, TResult> Decorate<TTask, TResult>(ITaskHandler<TTask, TResult> handler)
        where TTask : notnull;
}
