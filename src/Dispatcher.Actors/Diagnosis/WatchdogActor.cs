using Akka.Actor;
using Dispatcher.Actors.Alerts;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>
/// Owns the timer of an actor system's watchdog. In: ticks. Out: each finding that begins or ends, to the event stream and as an alert. On a thread of its own, for it must
/// look when no other thread can be had. When it fails, its successor goes on with the same watchdog.
/// </summary>
internal sealed class WatchdogActor : ReceiveActor, IWithTimers
{
    /// <summary>Its name below /user.</summary>
    public const string Name = "task-watchdog";

    private readonly Watchdog _watchdog;
    private readonly AlertHub? _alerts;
    private readonly TimeSpan _every;

    private WatchdogActor(Watchdog watchdog, AlertHub? alerts, TimeSpan every)
    {
        _watchdog = watchdog;
        _alerts = alerts;
        _every = every;
        Receive<Tick>(_ => OnTick());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="watchdog">What looks.</param>
    /// <param name="alerts">Where findings are told; null for nowhere.</param>
    /// <param name="every">The time between two looks.</param>
    public static Props Props(Watchdog watchdog, AlertHub? alerts, TimeSpan every) =>
        Akka.Actor.Props.CreateBy(new Producer(watchdog, alerts, every)).WithDispatcher("dispatcher.watchdog-dispatcher").WithMailbox("dispatcher.mailbox");

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _every);

    private static Occurrence OccurrenceOf(Finding finding) => new(
        finding.Kind switch
        {
            FindingKind.TaskNeverEnds => AlertEvent.TaskNeverEnds,
            FindingKind.HandlerStuck => AlertEvent.HandlerStuck,
            FindingKind.QueueGrows => AlertEvent.QueueGrows,
            FindingKind.ThreadsStarved => AlertEvent.ThreadsStarved,
            _ => AlertEvent.HeapGrows,
        },
        finding.Pool,
        finding.TaskType);

    private void OnTick()
    {
        if (_watchdog.Look() is not ({ } began, { } ended))
            return;
        foreach (Finding finding in began)
        {
            _alerts?.Note(OccurrenceOf(finding), () => (finding.ToString(), null));
            DispatcherEvents.Source.FindingBegan(finding.Kind.ToString(), finding.Where, finding.Evidence);
            Context.System.EventStream.Announce(new FindingBegan(finding));
        }

        foreach (Finding finding in ended)
        {
            _alerts?.End(OccurrenceOf(finding), finding.ToString());
            DispatcherEvents.Source.FindingEnded(finding.Kind.ToString(), finding.Where);
            Context.System.EventStream.Announce(new FindingEnded(finding));
        }
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed class Producer(Watchdog watchdog, AlertHub? alerts, TimeSpan every) : IIndirectActorProducer
    {
        public Type ActorType => typeof(WatchdogActor);

        public ActorBase Produce() => new WatchdogActor(watchdog, alerts, every);

        public void Release(ActorBase actor)
        {
        }
    }
}
