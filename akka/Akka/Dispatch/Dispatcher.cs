using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>Runs every mailbox on the threads of one executor, shared by its actors.</summary>
public class Dispatcher : MessageDispatcher
{
    private readonly ExecutorService _executor;

    public Dispatcher(MessageDispatcherConfigurator configurator, string id, int throughput, long? throughputDeadlineTime, ExecutorServiceFactory executorServiceFactory, TimeSpan shutdownTimeout)
        : base(configurator)
    {
        Id = id;
        Throughput = throughput;
        ThroughputDeadlineTime = throughputDeadlineTime;
        ShutdownTimeout = shutdownTimeout;
        _executor = executorServiceFactory.Produce(id);
    }

    protected override void ExecuteTask(IRunnable run) => _executor.Execute(run);

    protected override void Shutdown() => _executor.Shutdown();
}

/// <summary>The configurator of <see cref="Dispatcher"/>: one instance for everybody.</summary>
public sealed class DispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Lazy<MessageDispatcher> _instance;

    public DispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
        _instance = new Lazy<MessageDispatcher>(() => new Dispatcher(this, DispatcherSection.Id(config), DispatcherSection.Throughput(config), DispatcherSection.Deadline(config), ConfigureExecutor(), DispatcherSection.ShutdownTimeout(config)));

    public override MessageDispatcher Dispatcher() => _instance.Value;
}

/// <summary>A dispatcher of dedicated threads for all its actors.</summary>
internal sealed class ForkJoinDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly Lazy<MessageDispatcher> _instance;

    public ForkJoinDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
        _instance = new Lazy<MessageDispatcher>(() => new Dispatcher(this, DispatcherSection.Id(config), DispatcherSection.Throughput(config), DispatcherSection.Deadline(config), new ForkJoinExecutorServiceFactory(config, prerequisites), DispatcherSection.ShutdownTimeout(config)));

    public override MessageDispatcher Dispatcher() => _instance.Value;
}

/// <summary>One thread for each actor, as long as it lives.</summary>
public sealed class PinnedDispatcher : Dispatcher
{
    internal PinnedDispatcher(MessageDispatcherConfigurator configurator, string id, int throughput, long? throughputDeadlineTime, ExecutorServiceFactory executorServiceFactory, TimeSpan shutdownTimeout)
        : base(configurator, id, throughput, throughputDeadlineTime, executorServiceFactory, shutdownTimeout) { }

    /// <summary>Its one actor is gone, and so is its thread.</summary>
    private protected override void OnUninhabited() => Shutdown();
}

/// <summary>The configurator of <see cref="PinnedDispatcher"/>: an instance for each actor.</summary>
internal sealed class PinnedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new PinnedDispatcher(this, DispatcherSection.Id(Config), int.MaxValue, DispatcherSection.Deadline(Config), new SingleThreadExecutorServiceFactory(Config, Prerequisites), DispatcherSection.ShutdownTimeout(Config));
}

/// <summary>Runs on the synchronization context of the thread that first looked it up (user interfaces).</summary>
internal sealed class CurrentSynchronizationContextDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    public override MessageDispatcher Dispatcher() => new Dispatcher(this, DispatcherSection.Id(Config), DispatcherSection.Throughput(Config), DispatcherSection.Deadline(Config), new CurrentSynchronizationContextExecutorServiceFactory(Config, Prerequisites), DispatcherSection.ShutdownTimeout(Config));
}

/// <summary>The keys that every dispatcher section has.</summary>
internal static class DispatcherSection
{
    internal static string Id(Config config) => config.GetString("id", "")!;

    internal static int Throughput(Config config)
    {
        var throughput = config.GetInt("throughput", 30);
        return throughput > 0 ? throughput : throw new ConfigurationException($"{Id(config)}.throughput must be 1 or more, but was {throughput}.");
    }

    internal static long? Deadline(Config config)
    {
        var deadline = config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero).Ticks;
        return deadline > 0 ? deadline : null;
    }

    internal static TimeSpan ShutdownTimeout(Config config) => config.GetTimeSpan("shutdown-timeout", TimeSpan.FromSeconds(1));
}
