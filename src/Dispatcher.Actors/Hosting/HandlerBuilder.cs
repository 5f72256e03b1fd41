namespace Dispatcher.Actors.Hosting;

/// <summary>Describes a handler of a pool.</summary>
public sealed class HandlerBuilder
{
    internal HandlerBuilder()
    {
    }

    internal bool IsBlocking { get; private set; }

    /// <summary>The handler blocks its thread: it runs on the pool's blocking workers. The same as <see cref="BlockingHandlerAttribute"/>.</summary>
    /// <returns>This builder.</returns>
    public HandlerBuilder Blocking()
    {
        IsBlocking = true;
        return this;
    }
}
