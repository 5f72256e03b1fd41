using Akka.Actor;
using Akka.Dispatch;
using Akka.Routing;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Routing;

/// <summary>
/// Owns a pool: its router with the workers, its sweep of deadlines, its number of workers, its drain. In: signals of the core, the wish to drain.
/// Out: the end of the drain. No task passes here. When it fails or stops, what is queued is rejected as Stopped.
/// </summary>
internal sealed class PoolActor : ReceiveActor, IWithTimers
{
    private readonly PoolCore _core;
    private readonly WorkerRegistry _registry;
    private readonly Drain _drain;
    private RouterSignals? _signals;
    private IActorRef _router = ActorRefs.Nobody;
    private IActorRef _drainAsker = ActorRefs.Nobody;
    private long _ordered;

    private PoolActor(PoolCore core)
    {
        _core = core;
        _registry = new WorkerRegistry(core);
        _drain = new Drain(core);
        Receive<ArmSweep>(_ => OnArmSweep());
        Receive<SweepTick>(_ => OnSweepTick());
        Receive<Review>(_ => OnReview());
        Receive<StartWatch>(_ => Timers.StartPeriodicTimer(nameof(WatchTick), WatchTick.Instance, _core.Settings.DeadlineResolution));
        Receive<WatchTick>(_ => OnWatchTick());
        Receive<BeginDrain>(_ => OnBeginDrain());
        Receive<DrainTick>(_ => AdvanceDrain());
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="core">The pool.</param>
    public static Props Props(PoolCore core) => Akka.Actor.Props.CreateBy(new Producer(core)).WithMailbox(core.Settings.Mailbox);

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => WorkerSupervision.Router(_core);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        // Read once: a resize may come in between, and the pool would take workers that nobody counts for some that are on their way.
        int first = _core.Desired;
        _ordered = first;
        WorkerPool pool = new(first, _registry, WorkerSupervision.Workers(_core), Dispatchers.DefaultDispatcherId);
        Props workers = WorkerActor.Props(_registry)
            .WithDispatcher(_core.Settings.Dispatcher)
            .WithMailbox(_core.Settings.Mailbox)
            .WithRouter(pool);
        _router = Context.ActorOf(workers, "workers");
        Context.Watch(_router);
        _signals = new RouterSignals(Self, _router, _core.Slots.Capacity);
        _core.Connect(_signals);
        // What was announced or wished before there was anybody to tell.
        OnArmSweep();
        OnReview();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _core.Close();
        // Nothing after a drain that came to its end. Where it was cut short (its phase was over, the actor was stopped), what still runs has
        // nobody left to give it up.
        _core.AbandonRunning("the pool was stopped before its handler ended");
    }

    private void OnArmSweep()
    {
        _signals!.OnArmSweepArrived();
        long due = _core.NextSweep;
        if (due == long.MaxValue)
            return;
        long now = _core.Clock.Now;
        TimeSpan wait = due <= now ? TimeSpan.Zero : _core.Clock.Between(now, due);
        TimeSpan least = _core.Settings.DeadlineResolution;
        Timers.StartSingleTimer(nameof(SweepTick), SweepTick.Instance, wait < least ? least : wait);
    }

    private void OnSweepTick()
    {
        _core.Sweep();
        AdvanceDrain();
    }

    private void OnWatchTick()
    {
        if (!_core.Watch())
            Timers.Cancel(nameof(WatchTick));
    }

    // Workers too few: order more, as far as there are places; those who drain report when they have left theirs. Too many: ask some to drain.
    private void OnReview()
    {
        _signals!.OnReviewArrived();
        AdvanceDrain();
        if (_core.Phase > PoolPhase.Running)
            return;
        if (_core.MayOpen)
            _core.Open();
        (long joins, int staying) = _registry.Count();
        int onTheWay = (int)(_ordered - joins);
        // One that a caller holds up counts for nothing until it is back.
        int surplus = staying - _core.Slots.Missed + onTheWay - _core.Desired;
        if (surplus > 0)
        {
            _core.Slots.RequestDrain(surplus);
            return;
        }

        int order = Math.Min(-surplus, _core.Slots.FreePlaces - onTheWay);
        if (order <= 0)
            return;
        _ordered += order;
        _router.Tell(new AdjustPoolSize(order));
    }

    private void OnBeginDrain()
    {
        _drainAsker = Sender;
        _drain.Begin();
        Timers.StartPeriodicTimer(nameof(DrainTick), DrainTick.Instance, _core.Settings.DeadlineResolution);
        AdvanceDrain();
    }

    private void AdvanceDrain()
    {
        if (!_drain.TryEnd())
            return;
        Timers.CancelAll();
        _drainAsker.Tell(new PoolDrained(_drain.Unfinished), Self);
        Context.Stop(Self);
    }

    /// <summary>The time of the next sweep has come nearer.</summary>
    internal sealed class ArmSweep
    {
        public static readonly ArmSweep Instance = new();
    }

    /// <summary>The number of workers may not be what it should be.</summary>
    internal sealed class Review
    {
        public static readonly Review Instance = new();
    }

    /// <summary>Asks for a drain; answered with <see cref="PoolDrained"/>.</summary>
    internal sealed class BeginDrain
    {
        public static readonly BeginDrain Instance = new();
    }

    /// <summary>The pool has drained.</summary>
    /// <param name="Unfinished">The tasks that did not finish.</param>
    internal sealed record PoolDrained(IReadOnlyList<string> Unfinished);

    /// <summary>A worker lends its turn.</summary>
    internal sealed class StartWatch
    {
        public static readonly StartWatch Instance = new();
    }

    private sealed class WatchTick
    {
        public static readonly WatchTick Instance = new();
    }

    private sealed class SweepTick
    {
        public static readonly SweepTick Instance = new();
    }

    private sealed class DrainTick
    {
        public static readonly DrainTick Instance = new();
    }

    private sealed class Producer(PoolCore core) : IIndirectActorProducer
    {
        public Type ActorType => typeof(PoolActor);

        public ActorBase Produce() => new PoolActor(core);

        public void Release(ActorBase actor)
        {
        }
    }
}
