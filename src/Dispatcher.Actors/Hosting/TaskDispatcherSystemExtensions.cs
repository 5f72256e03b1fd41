using System.Diagnostics.Metrics;
using Akka.Actor;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Routing;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Classes;
using Dispatcher.Actors.Scaling.Cpu;
using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Telemetry.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
        PoolNames.Verify(name);
        TaskDispatcher dispatcher = new(name);
        TaskDispatcherBuilder builder = new(name);
        configure(builder);
        Start(system, dispatcher, builder, ReadSettings(system, [builder], areAll: false, services), services);
        return dispatcher;
    }

    /// <summary>Reads and validates what pools start with.</summary>
    /// <param name="system">Their system.</param>
    /// <param name="builders">The pools.</param>
    /// <param name="areAll">Whether these are all pools that the system will have.</param>
    /// <param name="services">Where they log; null for nowhere.</param>
    /// <exception cref="SettingsException">The settings cannot be used; it names every error.</exception>
    internal static StartSettings ReadSettings(ActorSystem system, IReadOnlyList<TaskDispatcherBuilder> builders, bool areAll, IServiceProvider? services)
    {
        // For systems that were made without it: the mailbox must be known to the system itself.
        if (!ReferenceConfig.IsIn(system.Settings.Config))
            system.Settings.InjectTopLevelFallback(ReferenceConfig.Value);
        AlertsBuilder alerts = Oversight.BuilderOf(system);
        try
        {
            StartSettings settings = StartSettings.Read(
                system.Settings.Config, [.. builders.Select(static builder => builder.Describe())], alerts.Alerts, alerts.Diagnosis, areAll);
            AkkaSections.Verify(system, builders, settings);
            foreach (SettingsError doubt in settings.Doubts)
                LoggerOf(services).SettingDoubted(doubt);
            return settings;
        }
        catch (Exception error)
        {
            // Where settings are wrong, the place in the code says nothing.
            LoggerOf(services).StartRefused(string.Join(", ", builders.Select(static builder => builder.Name)), error.Message, error is SettingsException ? null : error);
            throw;
        }
    }

    internal static void Start(ActorSystem system, TaskDispatcher dispatcher, TaskDispatcherBuilder builder, StartSettings start, IServiceProvider? services)
    {
        DispatcherMeter meter = DispatcherMeter.Of(services?.GetService<IMeterFactory>());
        ILogger logger = LoggerOf(services);
        TimeProvider time = builder.Time ?? services?.GetService<TimeProvider>() ?? TimeProvider.System;
        (IReadOnlyList<PoolCore> classes, RouteTable routes, Oversight oversight) = MakeClasses(system, builder, start, time, services, logger);
        PoolCore core = classes[0];
        PoolSettings settings = core.Settings;
        foreach (TaskRoute route in routes.All)
        {
            if (route.RollOut is { } rollOut)
                RollOutNews.Connect(rollOut, route.Core, system);
        }

        foreach (PoolCore each in classes)
            StartClass(system, each, meter, oversight);
        if (settings.Scaling.Policy != ScalingKind.Off)
        {
            // Processor time is real; a share of virtual time means nothing.
            CpuController? cpu = ReferenceEquals(time, TimeProvider.System) ? CpuController.OfProcess : null;
            oversight.Add(new Autoscaler(core, cpu, system.EventStream.Announce));
        }

        if (settings.Measuring is { } measuring && builder.MeasuredTypes is { Count: > 0 } types)
            oversight.Add(new Classifier(core, measuring, types, system.EventStream.Announce));
        dispatcher.Attach(routes, classes);
        logger.PoolStarted(settings.Name, settings.WorkersMin, settings.WorkersMax, routes.Count, settings.QueueCapacity, EngineInfo.Name);
    }

    private static void StartClass(ActorSystem system, PoolCore core, DispatcherMeter meter, Oversight oversight)
    {
        PoolFigures figures = new(core);
        core.Timings.Metrics = meter.Add(figures);
        DispatcherEvents.Source.Add(figures);
        oversight.Attach(core, figures);
        IActorRef pool = system.ActorOf(PoolActor.Props(core), $"dispatcher-{core.Settings.Label}");
        PoolShutdown.Register(system, core, pool);
    }

    private static (IReadOnlyList<PoolCore> Classes, RouteTable Routes, Oversight Oversight) MakeClasses(
        ActorSystem system, TaskDispatcherBuilder builder, StartSettings start, TimeProvider time, IServiceProvider? services, ILogger logger)
    {
        try
        {
            PoolSettings settings = start.Pools[builder.Name];
            long seed = builder.Seed ?? Random.Shared.NextInt64();
            PoolCore core = new(settings, time, services, logger, first: null, seed);
            List<PoolCore> classes = [core];
            classes.AddRange(builder.OtherClasses(settings).Select(workers => new PoolCore(settings.For(workers), time, services, logger, core, seed)));
            RouteTable routes = builder.AddRoutesTo(classes);
            return (classes, routes, Oversight.Of(system, start, time, services, logger));
        }
        catch (Exception error)
        {
            logger.StartRefused(builder.Name, error.Message, error);
            throw;
        }
    }

    private static ILogger LoggerOf(IServiceProvider? services) =>
        GuardedLogger.Around(services?.GetService<ILoggerFactory>()?.CreateLogger("Dispatcher.Actors"), DispatcherMeter.Of(services?.GetService<IMeterFactory>()).Faults);
}
