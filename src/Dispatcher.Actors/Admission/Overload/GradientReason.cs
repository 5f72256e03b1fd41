namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Why the adaptive limit is what it is.</summary>
internal enum GradientReason : byte
{
    /// <summary>Too few tasks ended to say anything: unchanged.</summary>
    TooFewSamples,

    /// <summary>It kept nobody out, and no queue stands: unchanged.</summary>
    NotLimiting,

    /// <summary>It kept tasks out while workers had nothing to do: grown.</summary>
    RanDry,

    /// <summary>A queue stands that never drains: shrunk by a part of it.</summary>
    QueueStands,

    /// <summary>Tasks ran out of time: shrunk.</summary>
    Drops,

    /// <summary>It kept tasks out and workers lacked none: a little less, to find out whether that would do.</summary>
    Relaxed,

    /// <summary>It is where it should be, or at one of its bounds.</summary>
    Steady,
}
