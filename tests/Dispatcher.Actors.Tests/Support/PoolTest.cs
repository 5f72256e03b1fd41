using Akka.Configuration;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Hosting;

namespace Dispatcher.Actors.Tests.Support;

/// <summary>A test that starts pools in an actor system of its own.</summary>
public abstract class PoolTest : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    protected PoolTest(string hocon = "")
        : base(ConfigurationFactory.ParseString(hocon).WithFallback(ReferenceConfig.Value))
    {
    }

    /// <summary>Starts a pool.</summary>
    protected ITaskDispatcher Start(Action<TaskDispatcherBuilder> configure, IServiceProvider? services = null, string name = "work") =>
        Sys.StartTaskDispatcher(name, configure, services);

    /// <summary>Waits for something, by a bound that no good run needs.</summary>
    protected static Task<T> Soon<T>(Task<T> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.WaitAsync(s_patience);
    }

    /// <inheritdoc cref="Soon{T}(Task{T})"/>
    protected static Task<T> Soon<T>(ValueTask<T> task) => Soon(task.AsTask());

    /// <summary>Waits until the pool is as a test wants it.</summary>
    protected void AwaitPool(ITaskDispatcher pool, Func<PoolSnapshot, bool> isSo) =>
        AwaitCondition(() => isSo(pool.Snapshot()), s_patience);
}
