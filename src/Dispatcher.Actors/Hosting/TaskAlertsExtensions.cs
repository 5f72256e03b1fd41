using Akka.Actor;
using Akka.Hosting;

namespace Dispatcher.Actors.Hosting;

/// <summary>Alerts and diagnosis of an actor system's pools.</summary>
public static class TaskAlertsExtensions
{
    /// <summary>Sets by code what alerts and diagnosis do; without it they do what the configuration says. Before or after the pools, once.</summary>
    /// <param name="builder">The actor system's builder.</param>
    /// <param name="configure">Sets it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public static AkkaConfigurationBuilder WithTaskAlerts(this AkkaConfigurationBuilder builder, Action<AlertsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        PoolDirectory.Of(builder).SetAlerts(Make(configure));
        return builder;
    }

    /// <summary>The same for a system that is there already.</summary>
    /// <param name="system">The system; none of its pools has started.</param>
    /// <param name="configure">Sets it.</param>
    /// <exception cref="InvalidOperationException">A pool has started, or it was called before.</exception>
    public static void UseTaskAlerts(this ActorSystem system, Action<AlertsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(system);
        Oversight.Prepare(system, Make(configure));
    }

    /// <summary>What the watchdog of a system has found, and the figures of the process.</summary>
    /// <param name="system">The system.</param>
    /// <returns>Its diagnosis.</returns>
    public static ITaskDiagnosis GetTaskDiagnosis(this ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new TaskDiagnosis(system);
    }

    private static AlertsBuilder Make(Action<AlertsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        AlertsBuilder alerts = new();
        configure(alerts);
        return alerts;
    }
}
