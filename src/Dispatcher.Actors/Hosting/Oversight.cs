using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Akka;
using Akka.Actor;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Diagnosis;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Rounds;
using Dispatcher.Actors.Routing;
using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Actors.Telemetry.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Hosting;

/// <summary>What an actor system has once for all its pools: alerts, diagnosis, and the timer of what is done for them again and again. Made when the first pool starts, in that pool's time.</summary>
internal sealed class Oversight
{
    // Below the time-out of a phase of the coordinated shutdown.
    private static readonly TimeSpan s_lastDelivery = TimeSpan.FromSeconds(4);

    // What a pool tells by itself; the rest is found by the watchdog.
    private static readonly AlertEvent[] s_ofPools = [AlertEvent.Failed, AlertEvent.Abandoned, AlertEvent.BreakerOpen, AlertEvent.PoolGaveUp];

    private static readonly ConditionalWeakTable<ActorSystem, Oversight> s_all = [];
    private static readonly ConditionalWeakTable<ActorSystem, AlertsBuilder> s_builders = [];
    private static readonly Lock s_gate = new();

    private readonly AlertHub? _alerts;
    private readonly PoolRounds _rounds = new();
    private readonly IActorRef _roundsActor;

    private Oversight(ActorSystem system, StartSettings settings, TimeProvider time, IServiceProvider? services, ILogger logger)
    {
        Time = time;
        DispatcherMeter meter = DispatcherMeter.Of(services?.GetService<IMeterFactory>());
        if (settings.Alerts.Enabled)
            _alerts = StartAlerts(system, settings.Alerts, time, services, logger, meter.Alerts);
        if (settings.Diagnosis.Every is { } every)
            Watchdog = StartWatchdog(system, settings.Diagnosis, every, services, meter.Diagnosis);
        _roundsActor = system.ActorOf(RoundsActor.Props(_rounds), RoundsActor.Name);
    }

    /// <summary>Where its time comes from.</summary>
    public TimeProvider Time { get; }

    /// <summary>What looks after the pools; null for nobody.</summary>
    public Watchdog? Watchdog { get; }

    /// <summary>That of an actor system; null before its first pool starts.</summary>
    /// <param name="system">The system.</param>
    public static Oversight? Find(ActorSystem system) => s_all.TryGetValue(system, out Oversight? found) ? found : null;

    /// <summary>Notes what code sets, before the first pool starts.</summary>
    /// <param name="system">The system.</param>
    /// <param name="builder">What it sets.</param>
    /// <exception cref="InvalidOperationException">It comes too late, or twice.</exception>
    public static void Prepare(ActorSystem system, AlertsBuilder builder)
    {
        lock (s_gate)
        {
            if (s_all.TryGetValue(system, out _) || !s_builders.TryAdd(system, builder))
                throw new InvalidOperationException("Alerts are set once for an actor system, before its first pool starts.");
        }
    }

    /// <summary>What code sets of a system's alerts and diagnosis.</summary>
    /// <param name="system">The system.</param>
    public static AlertsBuilder BuilderOf(ActorSystem system) => s_builders.TryGetValue(system, out AlertsBuilder? builder) ? builder : new AlertsBuilder();

    /// <summary>That of an actor system, made by its first pool.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">What the first pool starts with.</param>
    /// <param name="time">The pool's time.</param>
    /// <param name="services">The pool's services; null for none.</param>
    /// <param name="logger">Where it logs.</param>
    public static Oversight Of(ActorSystem system, StartSettings settings, TimeProvider time, IServiceProvider? services, ILogger logger)
    {
        lock (s_gate)
        {
            if (s_all.TryGetValue(system, out Oversight? found))
                return found;
            Oversight made = new(system, settings, time, services, logger);
            s_all.Add(system, made);
            return made;
        }
    }

    /// <summary>Looks after a class of workers of a pool. Before its first task comes.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="figures">Its figures.</param>
    public void Attach(PoolCore core, IPoolFigures figures)
    {
        if (_alerts is { } alerts && s_ofPools.Any(alerts.Cares))
            core.TaskLog.Alarm = new PoolAlarm(alerts, core.Settings.Label);
        // Threads are held in real time; how long they are in virtual time means nothing.
        if (core.Settings.HeldThreadWarning is { } warning && !core.Clock.IsVirtual)
            Add(new HeldThreads(core, warning));
        if (Watchdog == null)
            return;
        foreach (TaskRoute route in core.Routes.All)
            route.Runs = new DurationHistogram(core.Clock.Provider.TimestampFrequency);
        Watchdog.Add(new WatchedPool(core, figures));
    }

    /// <summary>Has something done for a pool again and again, until the pool is over.</summary>
    /// <param name="round">What.</param>
    public void Add(IPoolRound round)
    {
        if (_rounds.Add(round))
            _roundsActor.Tell(RoundsActor.Review.Instance, ActorRefs.NoSender);
    }

    private static AlertHub StartAlerts(
        ActorSystem system, AlertSettings settings, TimeProvider time, IServiceProvider? services, ILogger logger, AlertMeter meter)
    {
        List<IAlertChannel> channels = [new EventStreamChannel(system), new LogChannel(logger, settings.LogLevels)];
        if (settings.Webhook is { } webhook)
        {
            HttpClient client = services?.GetService<IHttpClientFactory>()?.CreateClient(WebhookClient.Name) ?? WebhookClient.Make();
            WebhookChannel channel = new(webhook, client, logger, meter, time);
            channels.Add(channel);
            CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "deliver-alerts", async () =>
            {
                await channel.StopAsync(s_lastDelivery).ConfigureAwait(false);
                channel.Dispose();
                return Done.Instance;
            });
        }

        AlertHub hub = new(settings, channels, meter, time);
        system.RegisterOnTermination(hub.Dispose);
        return hub;
    }

    private Watchdog StartWatchdog(ActorSystem system, DiagnosisSettings settings, TimeSpan every, IServiceProvider? services, DiagnosisMeter meter)
    {
        // Threads wait and collections come in real time; what they do in virtual time means nothing.
        IRuntimeSource? runtime = services?.GetService<IRuntimeSource>() ?? (ReferenceEquals(Time, TimeProvider.System) ? new RuntimeSource() : null);
        Watchdog watchdog = new(settings, runtime, Time);
        meter.Add(watchdog);
        system.RegisterOnTermination(() => meter.Remove(watchdog));
        system.ActorOf(WatchdogActor.Props(watchdog, _alerts, every), WatchdogActor.Name);
        return watchdog;
    }
}
