using Dispatcher.Actors.Telemetry.Histograms;

namespace Dispatcher.Actors.RollOuts;

/// <summary>Counts the calls of one version, from any thread, without a lock.</summary>
internal sealed class VersionMeter
{
    private long _errors;

    /// <summary>Makes an empty meter.</summary>
    /// <param name="stage">What it is part of.</param>
    /// <param name="timestampFrequency">Timestamps a second.</param>
    public VersionMeter(RollOutStage stage, long timestampFrequency)
    {
        Stage = stage;
        Times = new DurationHistogram(timestampFrequency);
    }

    /// <summary>What it is part of.</summary>
    public RollOutStage Stage { get; }

    /// <summary>How long the calls took that returned.</summary>
    public DurationHistogram Times { get; }

    /// <summary>Calls that failed.</summary>
    public long Errors => Volatile.Read(ref _errors);

    /// <summary>A call has returned.</summary>
    /// <param name="elapsed">How long it took, in timestamp units.</param>
    public void OnReturned(long elapsed)
    {
        Times.RecordElapsed(elapsed);
        Stage.OnCounted(this);
    }

    /// <summary>A call has failed, or was given up.</summary>
    public void OnFailed()
    {
        Interlocked.Increment(ref _errors);
        Stage.OnCounted(this);
    }
}
