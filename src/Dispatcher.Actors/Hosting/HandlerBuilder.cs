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
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public HandlerBuilder On(WorkerClass workers)
    {
        if (!Enum.IsDefined(workers))
            throw new ArgumentOutOfRangeException(nameof(workers), workers, $"A class of workers is one of {string.Join(", ", Enum.GetNames<WorkerClass>())}.");
        Class = workers;
        return this;
    }
}
