using System.Numerics;

namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// What the data plane records about the tasks of one pool: from any thread, lock-free, without allocation. Of many tasks it measures a sample, each
/// standing for as many as were passed over.
/// </summary>
internal sealed class PoolMeter
{
    // So many a second say all that there is to say about a distribution; the clock alone costs more than a short task.
    private const double EnoughPerSecond = 4000;
    private const uint MaxWeight = 64;

    private long _mask;

    /// <summary>Makes an empty meter that measures every task.</summary>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public PoolMeter(long timestampFrequency)
    {
        Wait = new DurationHistogram(timestampFrequency);
        Run = new DurationHistogram(timestampFrequency);
        Latency = new DurationHistogram(timestampFrequency);
    }

    /// <summary>From the door to the handler.</summary>
    public DurationHistogram Wait { get; }

    /// <summary>In the handler.</summary>
    public DurationHistogram Run { get; }

    /// <summary>From the door to the outcome.</summary>
    public DurationHistogram Latency { get; }

    /// <summary>How many tasks one that is measured stands for: a power of two.</summary>
    public uint Weight => (uint)Volatile.Read(ref _mask) + 1;

    /// <summary>Whether to measure a task.</summary>
    /// <param name="id">The task's id.</param>
    public bool IsSampled(long id) => (id & Volatile.Read(ref _mask)) == 0;

    /// <summary>Sets the size of the sample by the load. Called once in a while by whoever reads the meter.</summary>
    /// <param name="perSecond">How many tasks come a second.</param>
    public void AdaptTo(double perSecond)
    {
        uint weight = (uint)Math.Clamp(perSecond / EnoughPerSecond, 1, MaxWeight);
        Volatile.Write(ref _mask, BitOperations.RoundUpToPowerOf2(weight) - 1);
    }

    /// <summary>A task has come into its handler.</summary>
    /// <param name="enteredAt">When it came through the door, a timestamp.</param>
    /// <param name="startedAt">When its handler began.</param>
    public void OnStarted(long enteredAt, long startedAt) => Wait.RecordElapsed(startedAt - enteredAt, Weight);

    /// <summary>A task's handler has ended, however.</summary>
    /// <param name="enteredAt">When it came through the door, a timestamp.</param>
    /// <param name="startedAt">When its handler began.</param>
    /// <param name="endedAt">When it ended.</param>
    public void OnEnded(long enteredAt, long startedAt, long endedAt)
    {
        uint weight = Weight;
        Run.RecordElapsed(endedAt - startedAt, weight);
        Latency.RecordElapsed(endedAt - enteredAt, weight);
    }
}
