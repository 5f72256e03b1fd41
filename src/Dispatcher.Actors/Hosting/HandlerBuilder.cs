namespace Dispatcher.Actors.Hosting;

/// <summary>Describes a handler of a pool.</summary>
public sealed class HandlerBuilder
{
    internal HandlerBuilder()
    {
    }

    internal WorkerClass? Class { get; private set; }

    /// <summary>The handler blocks its thread: it runs on the pool's blocking workers. The same as <see cref="BlockingHandlerAttribute"/>.</summary>
    /// <returns>This builder.</returns>
    public HandlerBuilder Blocking() => On(WorkerClass.Blocking);

    /// <summary>The handler runs on the workers of a class, whatever is measured.</summary>
    /// <param name="workers">The class.</param>
    /// <returns>This builder.</returns>
    public HandlerBuilder On(WorkerClass workers)
    {
        Class = workers;
        return this;
    }
}
