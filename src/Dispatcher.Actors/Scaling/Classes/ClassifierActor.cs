using Akka.Actor;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Scaling.Classes;

/// <summary>Looks at what was measured of a pool's types of task. In: ticks of a timer. Out: routes in the callers' table; each decision to the log and to the event stream. Ends with the pool's actor.</summary>
internal sealed class ClassifierActor : ReceiveActor, IWithTimers
{
    private readonly PoolCore _core;
    private readonly IActorRef _pool;
    private readonly MeasuringSettings _settings;
    private readonly IReadOnlyList<MeasuredType> _types;

    private ClassifierActor(PoolCore core, IActorRef pool, MeasuringSettings settings, IReadOnlyList<MeasuredType> types)
    {
        _core = core;
        _pool = pool;
        _settings = settings;
        _types = types;
        Receive<Tick>(_ => OnTick());
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="core">The pool's default class.</param>
    /// <param name="pool">Its actor.</param>
    /// <param name="settings">The thresholds.</param>
    /// <param name="types">The types that are measured.</param>
    public static Props Props(PoolCore core, IActorRef pool, MeasuringSettings settings, IReadOnlyList<MeasuredType> types) =>
        Akka.Actor.Props.CreateBy(new Producer(core, pool, settings, types)).WithMailbox(core.Settings.Mailbox);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.Watch(_pool);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _settings.Every);
    }

    private void OnTick()
    {
        foreach (MeasuredType type in _types)
        {
            if (type.Look(_settings, _core.Clock.Provider.GetUtcNow()) is not { } decided)
                continue;
            _core.Log.Classified(decided.Pool, decided.TaskType, decided.To, decided.From, decided.Class, decided.Reason);
            Context.System.EventStream.Publish(decided);
        }
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed class Producer(PoolCore core, IActorRef pool, MeasuringSettings settings, IReadOnlyList<MeasuredType> types) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ClassifierActor);

        public ActorBase Produce() => new ClassifierActor(core, pool, settings, types);

        public void Release(ActorBase actor)
        {
        }
    }
}
