using System.Diagnostics.Metrics;
using Akka.Actor;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Routing;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Cpu;
using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Telemetry.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dispatcher.Actors.Hosting;

/// <summary>Starts pools in an actor system.</summary>
public static class TaskDispatcherSystemExtensions
{
    /// <summary>Starts a pool. It drains when the system runs its coordinated shutdown.</summary>
    /// <param name="system">The system. Its configuration holds the pool's settings below <c>dispatcher.pools</c>.</param>
    /// <param name="name">The pool's name: letters, digits, dashes.</param>
    /// <param name="configure">Describes the pool.</param>
    /// <param name="services">What handlers may ask for; null for none.</param>
    /// <returns>The pool.</returns>
    /// <exception cref="SettingsException">The settings cannot be used; it names every error.</exception>
    /// <exception cref="HandlerConstructionException">A handler cannot be made.</exception>
    public static ITaskDispatcher StartTaskDispatcher(
        this ActorSystem system, string name, Action<TaskDispatcherBuilder> configure, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(configure);
        TaskDispatcher dispatcher = new(name);
        Start(system, dispatcher, configure, services);
        return dispatcher;
    }

    internal static void Start(ActorSystem system, TaskDispatcher dispatcher, Action<TaskDispatcherBuilder> configure, IServiceProvider? services)
    {
        PoolNames.Verify(dispatcher.Name);
        TaskDispatcherBuilder builder = new(dispatcher.Name);
        configure(builder);
        // For systems that were made without it: the mailbox must be known to the system itself.
        if (!ReferenceConfig.IsIn(system.Settings.Config))
            system.Settings.InjectTopLevelFallback(ReferenceConfig.Value);
        ILogger logger = services?.GetService<ILoggerFactory>()?.CreateLogger("Dispatcher.Actors") ?? NullLogger.Instance;
        TimeProvider time = builder.Time ?? services?.GetService<TimeProvider>() ?? TimeProvider.System;
        PoolCore core = MakeCore(system, builder, time, services, logger);
        PoolSettings settings = core.Settings;
        IActorRef pool = system.ActorOf(PoolActor.Props(core), $"dispatcher-{dispatcher.Name}");
        core.Timings.Metrics = DispatcherMeter.Of(services?.GetService<IMeterFactory>()).Add(new PoolFigures(core));
        if (settings.Scaling.Policy != ScalingKind.Off)
        {
            // Processor time is real; a share of virtual time means nothing.
            CpuController? cpu = ReferenceEquals(time, TimeProvider.System) ? CpuController.OfProcess : null;
            system.ActorOf(AutoscalerActor.Props(core, pool, cpu), $"dispatcher-{dispatcher.Name}-scaling");
        }

        dispatcher.Attach(core);
        PoolShutdown.Register(system, core, pool);
        logger.PoolStarted(settings.Name, settings.WorkersMin, settings.WorkersMax, core.Routes.Count, settings.QueueCapacity, EngineInfo.Name);
    }

    private static PoolCore MakeCore(ActorSystem system, TaskDispatcherBuilder builder, TimeProvider time, IServiceProvider? services, ILogger logger)
    {
        try
        {
            PoolSettings settings = SettingsReader.ReadPool(system.Settings.Config, builder.Name, builder.Settings);
            PoolCore core = new(settings, time, services, logger);
            builder.AddRoutesTo(core);
            return core;
        }
        catch (Exception error)
        {
            logger.StartRefused(builder.Name, error);
            throw;
        }
    }
}
