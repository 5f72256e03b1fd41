namespace Dispatcher.Actors.Admission.Overload;

/// <summary>Why the adaptive limit is what it is.</summary>
internal enum GradientReason : byte
{
    /// <summary>Too few tasks ended to say anything: unchanged.</summary>
    TooFewSamples,

    /// <summary>Less than half of the limit was used, so it limited nobody: unchanged.</summary>
    NotLimiting,

    /// <summary>Waits are good: grown.</summary>
    Grown,

    /// <summary>Waits became longer: shrunk.</summary>
    WaitsGrew,

    /// <summary>Tasks ran out of time: shrunk.</summary>
    Drops,

    /// <summary>It is where it should be, or at one of its bounds.</summary>
    Steady,
}
