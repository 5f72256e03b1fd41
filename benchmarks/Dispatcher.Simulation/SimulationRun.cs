using Dispatcher.Actors;
using Dispatcher.Actors.Scaling;
using Dispatcher.Actors.Scaling.Policies;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Simulation;

/// <summary>Runs one workload under one rule: the product's own control loop on a simulated pool, in virtual time.</summary>
internal sealed class SimulationRun
{
    private const int CalmTicks = 5;

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(1);

    private readonly Workload _workload;
    private readonly VirtualTime _time = new();
    private readonly SimulatedPool _pool;
    private readonly ScalingLoop _loop;
    private readonly HistogramWindow _waits;
    private readonly string _rule;
    private readonly TimeSpan _target;
    private readonly List<bool> _violations = [];
    private readonly List<int> _sizes = [];
    private readonly List<ScalingDecided> _decisions = [];

    public SimulationRun(Workload workload, IScalingPolicy policy, ScalingBounds bounds, ScalingSettings settings, ulong seed, int workers)
    {
        _workload = workload;
        _rule = policy.Name;
        _target = settings.Slo.TargetWait;
        _pool = new SimulatedPool(workload, _time, seed, workers) { LateTicks = _target.Ticks };
        _loop = new ScalingLoop(new ScalingTarget(workload.Name, _pool, _pool, bounds, settings), policy, null, _time);
        _waits = new HistogramWindow(_pool.Meter.Wait, 1);
    }

    /// <summary>The decisions that were worth telling.</summary>
    public IReadOnlyList<ScalingDecided> Decisions => _decisions;

    /// <summary>The size after each tick.</summary>
    public IReadOnlyList<int> Sizes => _sizes;

    public RunResult Run()
    {
        int ticks = (int)(_workload.Length / s_tick);
        int from = (int)_workload.MeasuredFrom;
        Counts before = default;
        Counts seen = default;
        for (int tick = 0; tick < ticks; tick++)
        {
            if (tick == from)
                before = Counts.Of(_pool);
            _pool.RunUntil((tick + 1) * s_tick.Ticks);
            Counts now = Counts.Of(_pool);
            _violations.Add(IsViolated(now, seen));
            seen = now;
            if (_loop.Tick() is { } decided)
                _decisions.Add(decided);
            _sizes.Add(_pool.Read().Desired);
        }

        Counts all = Counts.Of(_pool);
        return new RunResult
        {
            Rule = _rule,
            Violations = _violations.Skip(from).Count(isViolated => isViolated),
            Ticks = ticks - from,
            LateShare = (double)(all.Late + all.Refused - before.Late - before.Refused) / Math.Max(1, all.Offered - before.Offered),
            WorkerHours = (all.WorkerTicks - before.WorkerTicks) / TimeSpan.TicksPerHour,
            DirectionChanges = CountTurns(_sizes.Skip(from)),
            RecoveryTicks = _workload.Shocks.Count == 0 ? null : _workload.Shocks.Max(RecoveryFrom),
            MostWorkers = _sizes.Skip(from).Max(),
            WorkersAtEnd = _sizes[^1],
        };
    }

    private bool IsViolated(Counts now, Counts seen)
    {
        _waits.Advance();
        long refused = now.Refused - seen.Refused;
        long offered = now.Offered - seen.Offered;
        bool isStuck = _waits.Newest.Count == 0 && _pool.Read().OldestWait > _target;
        return isStuck || _waits.Newest.Quantile(0.99) > _target || refused * 100 > offered;
    }

    private int RecoveryFrom(double shock)
    {
        int last = (int)shock - 1;
        for (int tick = (int)shock; tick < _violations.Count && tick - last <= CalmTicks; tick++)
        {
            if (_violations[tick])
                last = tick;
        }

        return last + 1 - (int)shock;
    }

    private static int CountTurns(IEnumerable<int> sizes)
    {
        int turns = 0, direction = 0, last = -1;
        foreach (int size in sizes)
        {
            int moved = last < 0 ? 0 : Math.Sign(size - last);
            last = size;
            if (moved == 0)
                continue;
            if (direction == -moved)
                turns++;
            direction = moved;
        }

        return turns;
    }

    private readonly record struct Counts(long Offered, long Refused, long Late, double WorkerTicks)
    {
        public static Counts Of(SimulatedPool pool) => new(pool.Offered, pool.Refused, pool.Late, pool.WorkerTicks);
    }
}
