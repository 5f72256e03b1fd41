using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Actors.Telemetry.Metrics;

namespace Dispatcher.Actors.Telemetry;

/// <summary>
/// The times of a pool's tasks, as far as they are timed: into the pool's own histograms, where a timed task counts for all that it stands for, and to the
/// instruments, as it is.
/// </summary>
internal sealed class TaskTimings
{
    private readonly double _secondsPerTick;

    /// <summary>Makes timings that nobody has recorded to.</summary>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public TaskTimings(long timestampFrequency)
    {
        _secondsPerTick = 1.0 / timestampFrequency;
        Sampler = new TimingSampler(timestampFrequency);
        Meter = new PoolMeter(timestampFrequency);
    }

    /// <summary>Which tasks are timed.</summary>
    public TimingSampler Sampler { get; }

    /// <summary>The pool's own histograms.</summary>
    public PoolMeter Meter { get; }

    /// <summary>The pool's part in the meter; null before it has one.</summary>
    public PoolMetrics? Metrics { get; set; }

    /// <summary>A timed task has its place in the queue.</summary>
    /// <param name="enteredAt">When it came through the door, a timestamp.</param>
    /// <param name="now">The time.</param>
    public void OnSent(long enteredAt, long now) => Metrics?.OnSent((now - enteredAt) * _secondsPerTick);

    /// <summary>A timed task has come into its handler.</summary>
    /// <param name="enteredAt">When it came through the door, a timestamp.</param>
    /// <param name="now">The time.</param>
    public void OnStarted(long enteredAt, long now)
    {
        Sampler.OnTimed(now);
        Meter.OnStarted(enteredAt, now, Sampler.Weight);
        Metrics?.OnStarted((now - enteredAt) * _secondsPerTick);
    }

    /// <summary>A timed task has its outcome.</summary>
    /// <param name="enteredAt">When it came through the door, a timestamp.</param>
    /// <param name="startedAt">When it came into its handler; 0 for never.</param>
    /// <param name="now">The time.</param>
    /// <param name="detail">Its outcome; null for a result.</param>
    public void OnEnded(long enteredAt, long startedAt, long now, OutcomeDetail? detail)
    {
        if (startedAt != 0)
        {
            Meter.OnEnded(enteredAt, startedAt, now, Sampler.Weight);
            Metrics?.OnProcessed((now - startedAt) * _secondsPerTick, detail);
        }

        Metrics?.OnEnded((now - enteredAt) * _secondsPerTick, detail?.Kind ?? OutcomeKind.Completed);
    }
}
