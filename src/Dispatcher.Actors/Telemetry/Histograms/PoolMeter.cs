namespace Dispatcher.Actors.Telemetry.Histograms;

/// <summary>
/// What the data plane records about the tasks of one pool: from any thread, lock-free, without allocation. A timed task
/// stands for those that are not.
/// </summary>
internal sealed class PoolMeter
{
    /// <summary>Makes an empty meter.</summary>
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

    /// <summary>A task has come into its handler.</summary>
    /// <param name="enteredAt">When it came through the door, a timestamp.</param>
    /// <param name="startedAt">When its handler began.</param>
    /// <param name="weight">How many tasks it stands for, where only a sample is timed.</param>
    public void OnStarted(long enteredAt, long startedAt, uint weight = 1) => Wait.RecordElapsed(startedAt - enteredAt, weight);

    /// <summary>A task's handler has ended, however.</summary>
    /// <param name="enteredAt">When it came through the door, a timestamp.</param>
    /// <param name="startedAt">When its handler began.</param>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="weight">How many tasks it stands for, where only a sample is timed.</param>
    public void OnEnded(long enteredAt, long startedAt, long endedAt, uint weight = 1)
    {
        Run.RecordElapsed(endedAt - startedAt, weight);
        Latency.RecordElapsed(endedAt - enteredAt, weight);
    }
}
