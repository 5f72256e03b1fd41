using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Rounds;
using Dispatcher.Actors.Scaling.Cpu;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Scaling;

/// <summary>
/// A pool's control loop at work: the pool's number of workers, and each decision to its log, to those who listen and to the metrics. Ends with the pool. When it
/// fails, the next one begins without what this one had learned.
/// </summary>
internal sealed class Autoscaler : IPoolRound
{
    private readonly PoolCore _core;
    private readonly CpuController? _cpu;
    private readonly Action<ScalingDecided> _publish;
    private ScalingLoop _loop;
    private bool _hasDoubted;

    /// <summary>Makes one. Its first tick begins now.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="cpu">The process's processor time; null where it does not matter.</param>
    /// <param name="publish">Who else is told of a decision.</param>
    public Autoscaler(PoolCore core, CpuController? cpu, Action<ScalingDecided> publish)
    {
        _core = core;
        _cpu = cpu;
        _publish = publish;
        _loop = MakeLoop();
    }

    /// <inheritdoc/>
    public TimeSpan Every => _core.Settings.Scaling.Tick;

    /// <inheritdoc/>
    public bool IsOver => _core.Phase == PoolPhase.Stopped;

    /// <inheritdoc/>
    public void Run()
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
        _publish(decided);
    }

    /// <inheritdoc/>
    public void Recover(Exception error)
    {
        _loop = MakeLoop();
        _core.Log.RoundFailed(_core.Settings.Name, "scaling", error);
    }

    private ScalingLoop MakeLoop()
    {
        ScalingBounds bounds = new(_core.Settings.WorkersMin, _core.Settings.WorkersMax);
        ScalingSettings settings = _core.Settings.Scaling;
        PoolGauge gauge = new(_core, _core.Timings.Meter);
        ScalingTarget target = new(_core.Settings.Name, gauge, gauge, bounds, settings);
        return new ScalingLoop(target, ScalingPolicies.Make(settings, bounds)!, _cpu, _core.Clock.Provider);
    }
}
