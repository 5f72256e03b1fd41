using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Telemetry.Metrics;

namespace Dispatcher.Actors.Dispatch;

/// <summary>A pool, as its meter reads it. Nothing is counted for it: the tasks' own counters are added up when somebody asks.</summary>
internal sealed class PoolFigures : IPoolFigures
{
    private readonly PoolCore _core;
    private readonly Lock _gate = new();
    private long _firstId;
    private long _firstSeenAt;
    private long _submitted;

    /// <summary>Makes a view of a pool.</summary>
    /// <param name="core">The pool.</param>
    public PoolFigures(PoolCore core) => _core = core;

    /// <inheritdoc/>
    public string Name => _core.Settings.Label;

    /// <inheritdoc/>
    public bool IsOver => _core.Phase == PoolPhase.Stopped;

    /// <inheritdoc/>
    /// <remarks>
    /// Race: one that comes from its wait for a rate to the door is counted twice for a moment. What is read as a counter must not go back, or it is taken for
    /// that of a new process; so the larger number stands until it is true.
    /// </remarks>
    public long Submitted
    {
        get
        {
            long now = _core.Submitted, seen;
            while ((seen = Volatile.Read(ref _submitted)) < now)
            {
                if (Interlocked.CompareExchange(ref _submitted, now, seen) == seen)
                    return now;
            }

            return seen;
        }
    }

    /// <inheritdoc/>
    public long Joined => _core.Joined;

    /// <inheritdoc/>
    public long Started => _core.Slots.Started;

    /// <inheritdoc/>
    public long Retried => _core.Retried;

    /// <inheritdoc/>
    public int Paced => _core.Pace.Count;

    /// <inheritdoc/>
    public int Delayed => _core.DelayedCount;

    /// <inheritdoc/>
    public int QueueDepth => (int)_core.SumOfLines(static line => line.Queue.Depth);

    /// <inheritdoc/>
    public TimeSpan OldestAge => QueueDepth == 0 ? TimeSpan.Zero : FindOldestAge();

    /// <inheritdoc/>
    public (int Idle, int Busy, int Draining) Workers => _core.Slots.CountByState();

    /// <inheritdoc/>
    public (int Min, int Max, int Desired) WorkerBounds => (_core.Settings.WorkersMin, _core.Settings.WorkersMax, _core.Desired);

    /// <inheritdoc/>
    public long DrainRemaining
    {
        get
        {
            if (_core.Phase != PoolPhase.Draining)
                return 0;
            long ended = _core.Slots.Completed + _core.Counters.Total;
            return Math.Max(0, _core.Submitted - ended);
        }
    }

    /// <inheritdoc/>
    public (int OfTypes, int OfTargets)? Breakers(BreakerState state) => _core.Gate is { HasBreakers: true } gate ? gate.CountBreakers(state) : null;

    /// <inheritdoc/>
    public long Ended(OutcomeKind kind) => kind == OutcomeKind.Completed ? _core.Slots.Completed : _core.Counters.Of(kind);

    /// <inheritdoc/>
    public long RejectedBy(RejectReason reason) => _core.Counters.Of(reason);

    private TimeSpan FindOldestAge()
    {
        long oldest = 0, first = 0;
        _core.ForEachLine(line =>
        {
            long enteredAt = line.Queue.FindOldest(TimingSampler.MaxShare, out long id);
            if (enteredAt != 0)
                oldest = oldest == 0 ? enteredAt : Math.Min(oldest, enteredAt);
            first = first == 0 ? id : first;
        });
        long now = _core.Clock.Now;
        if (oldest == 0)
            oldest = SeenAt(first, now);
        return oldest == 0 || oldest >= now ? TimeSpan.Zero : _core.Clock.Between(oldest, now);
    }

    // None of the first tasks is timed: then the first of them is at least as old as our knowledge of it.
    private long SeenAt(long id, long now)
    {
        lock (_gate)
        {
            if (id != _firstId)
            {
                _firstId = id;
                _firstSeenAt = now;
            }

            return id == 0 ? 0 : _firstSeenAt;
        }
    }
}
