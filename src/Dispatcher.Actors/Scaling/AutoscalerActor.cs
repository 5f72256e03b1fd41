using Akka.Actor;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Scaling.Cpu;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Scaling;

/// <summary>
/// Owns a pool's control loop. In: ticks of a timer. Out: the pool's number of workers; each decision to its log, the system's event stream and the
/// metrics. Ends with the pool's actor. When it fails, the next one begins without what this one had learned.
/// </summary>
internal sealed class AutoscalerActor : ReceiveActor, IWithTimers
{
    private readonly PoolCore _core;
    private readonly IActorRef _pool;
    private readonly ScalingLoop _loop;
    private bool _hasDoubted;

    private AutoscalerActor(PoolCore core, IActorRef pool, ScalingLoop loop)
    {
        _core = core;
        _pool = pool;
        _loop = loop;
        Receive<Tick>(_ => OnTick());
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="pool">The pool's actor.</param>
    /// <param name="cpu">The process's processor time; null where it does not matter.</param>
    public static Props Props(PoolCore core, IActorRef pool, CpuController? cpu) =>
        Akka.Actor.Props.CreateBy(new Producer(core, pool, cpu)).WithMailbox(core.Settings.Mailbox);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.Watch(_pool);
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, _core.Settings.Scaling.Tick);
    }

    private void OnTick()
    {
        if (_core.Phase > PoolPhase.Running)
            return;
        ScalingDecided? decided = _loop.Tick();
        if (_loop.Doubt is { } doubt && !_hasDoubted)
        {
            _hasDoubted = true;
            _core.Log.TargetInDoubt(_core.Settings.Name, doubt);
        }

        if (decided == null)
            return;
        _core.Decisions.Add(decided);
        _core.Log.Scaled(decided.Pool, decided.From, decided.To, decided.Policy, decided.Rule, decided.Reason);
        _core.Timings.Metrics?.OnScaled(decided);
        Context.System.EventStream.Announce(decided);
    }

    private sealed class Tick
    {
        public static readonly Tick Instance = new();
    }

    private sealed class Producer(PoolCore core, IActorRef pool, CpuController? cpu) : IIndirectActorProducer
    {
        public Type ActorType => typeof(AutoscalerActor);

        public ActorBase Produce()
        {
            ScalingBounds bounds = new(core.Settings.WorkersMin, core.Settings.WorkersMax);
            ScalingSettings settings = core.Settings.Scaling;
            PoolGauge gauge = new(core, core.Timings.Meter);
            ScalingTarget target = new(core.Settings.Name, gauge, gauge, bounds, settings);
            ScalingLoop loop = new(target, ScalingPolicies.Make(settings, bounds)!, cpu, core.Clock.Provider);
            return new AutoscalerActor(core, pool, loop);
        }

        public void Release(ActorBase actor)
        {
        }
    }
}
