namespace Dispatcher.Actors;

/// <summary>Which consideration decided the size of a pool.</summary>
public enum ScalingRule : byte
{
    /// <summary>The size is right.</summary>
    Hold,

    /// <summary>The load needs more workers.</summary>
    Demand,

    /// <summary>Tasks wait longer than they should.</summary>
    Breach,

    /// <summary>Fewer workers were enough for a while.</summary>
    Surplus,

    /// <summary>No task came for so long that the pool goes to its minimum at once.</summary>
    Idle,

    /// <summary>No growth: more workers stopped giving more throughput.</summary>
    ThroughputVeto,

    /// <summary>No or less growth: the process has little processor time left.</summary>
    CpuVeto,

    /// <summary>The size was fixed by hand.</summary>
    Pinned,

    /// <summary>The policy tries a size to learn from it.</summary>
    Trial,
}
