using Dispatcher.Actors;
using Dispatcher.Actors.Hosting;

namespace Dispatcher.TestKit;

/// <summary>What tests add to the description of a pool.</summary>
public static class TestKitBuilderExtensions
{
    /// <summary>Registers a given handler, such as a scripted one. All workers share it.</summary>
    /// <typeparam name="TTask">The task.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="builder">The pool's builder.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>The builder.</returns>
    public static TaskDispatcherBuilder Handle<TTask, TResult>(this TaskDispatcherBuilder builder, ITaskHandler<TTask, TResult> handler)
        where TTask : notnull
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(handler);
        return builder.Handle<TTask, TResult>(handler.HandleAsync);
    }
}
