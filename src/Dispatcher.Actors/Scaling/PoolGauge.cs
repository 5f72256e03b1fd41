using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.Scaling;

/// <summary>A pool as its autoscaler sees and moves it: reads of counts that the data plane keeps anyway, and the number of workers. Not for several threads.</summary>
internal sealed class PoolGauge : IPoolGauge, IPoolResizer
{
    private readonly PoolCore _core;
    private readonly ArrivalCurve _curve = new();

    /// <summary>Makes a gauge.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="meter">What the pool records of its tasks.</param>
    public PoolGauge(PoolCore core, PoolMeter meter)
    {
        _core = core;
        Meter = meter;
    }

    /// <inheritdoc/>
    public PoolMeter Meter { get; }

    /// <inheritdoc/>
    public int Concurrency => _core.Settings.Concurrency;

    /// <inheritdoc/>
    public int? Pinned => _core.Pinned;

    /// <inheritdoc/>
    public PoolReading Read()
    {
        long now = _core.Clock.Now;
        long offered = _core.AtDoor;
        int queued = _core.Waiting;
        _curve.Advance(now, offered - _core.Refused);
        return new PoolReading(
            Offered: offered,
            Refused: _core.Counters.Of(RejectReason.QueueFull) + _core.Counters.Of(RejectReason.Shed),
            Ended: _core.Slots.Completed + _core.Counters.Of(OutcomeKind.Failed) + _core.Counters.Of(OutcomeKind.Abandoned),
            Workers: _core.Slots.Staying,
            Desired: _core.Desired,
            Running: _core.Slots.Running,
            Queued: queued,
            OldestWait: _core.Clock.Between(_curve.OldestCameAt(queued), now));
    }

    /// <inheritdoc/>
    public void Resize(int workers) => _core.Scale(workers);
}
