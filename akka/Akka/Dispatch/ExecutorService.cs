using System.Collections.Concurrent;
using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs work on threads of its choice.</summary>
public abstract class ExecutorService
{
    protected ExecutorService(string id) => Id = id;

    public string Id { get; }

    public abstract void Execute(IRunnable run);

    public abstract void Shutdown();
}

/// <summary>Makes an executor for a dispatcher.</summary>
public abstract class ExecutorServiceFactory
{
    protected ExecutorServiceFactory() { }

    public abstract ExecutorService Produce(string id);
}

/// <summary>Makes an executor from configuration.</summary>
public abstract class ExecutorServiceConfigurator : ExecutorServiceFactory
{
    protected ExecutorServiceConfigurator(Config config, IDispatcherPrerequisites prerequisites) => Prerequisites = prerequisites;

    public IDispatcherPrerequisites Prerequisites { get; }
}

/// <summary>The process's thread pool.</summary>
internal sealed class ThreadPoolExecutorServiceFactory(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) => new ThreadPoolExecutor(id);

    private sealed class ThreadPoolExecutor(string id) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: true);

        public override void Shutdown()
        {
            // the pool is everybody's
        }
    }
}

/// <summary>A fixed number of threads of its own (<c>dedicated-thread-pool.thread-count</c>).</summary>
internal sealed class ForkJoinExecutorServiceFactory(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
{
    private readonly int _threads = config.GetInt("dedicated-thread-pool.thread-count", Math.Max(2, Environment.ProcessorCount));

    public override ExecutorService Produce(string id) => new DedicatedThreads(id, _threads > 0
        ? _threads
        : throw new ConfigurationException($"{id}.dedicated-thread-pool.thread-count must be 1 or more, but was {_threads}."));
}

/// <summary>One thread.</summary>
internal sealed class SingleThreadExecutorServiceFactory(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) => new DedicatedThreads(id, 1);
}

/// <summary>The current synchronization context.</summary>
internal sealed class CurrentSynchronizationContextExecutorServiceFactory(Config config, IDispatcherPrerequisites prerequisites) : ExecutorServiceConfigurator(config, prerequisites)
{
    public override ExecutorService Produce(string id) => new ContextExecutor(id, SynchronizationContext.Current
        ?? throw new InvalidOperationException($"Dispatcher {id} runs on the current SynchronizationContext, but this thread has none."));

    private sealed class ContextExecutor(string id, SynchronizationContext context) : ExecutorService(id)
    {
        public override void Execute(IRunnable run) => context.Post(static state => ((IRunnable)state!).Run(), run);

        public override void Shutdown()
        {
            // the context is somebody else's
        }
    }
}

/// <summary>Background threads that share one queue; started with the first work.</summary>
internal sealed class DedicatedThreads : ExecutorService
{
    private readonly BlockingCollection<IRunnable> _work = [];
    private readonly int _threads;
    private int _started;

    internal DedicatedThreads(string id, int threads) : base(id) => _threads = threads;

    public override void Execute(IRunnable run)
    {
        if (Volatile.Read(ref _started) == 0 && Interlocked.Exchange(ref _started, 1) == 0) StartThreads();
        try
        {
            _work.Add(run);
        }
        catch (InvalidOperationException e)
        {
            throw new RejectedExecutionException($"Executor {Id} is shut down.", e);
        }
    }

    public override void Shutdown() => _work.CompleteAdding();

    private void StartThreads()
    {
        for (var i = 0; i < _threads; i++)
            new Thread(RunAll) { IsBackground = true, Name = $"{Id}_{i + 1}" }.Start();
    }

    private void RunAll()
    {
        foreach (var run in _work.GetConsumingEnumerable()) run.Run();
    }
}

/// <summary>Work came to an executor that is shut down.</summary>
public class RejectedExecutionException : Actor.AkkaException
{
    public RejectedExecutionException(string? message = null, Exception? inner = null) : base(message, inner) { }
}
