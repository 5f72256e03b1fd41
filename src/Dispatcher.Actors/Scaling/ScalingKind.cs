namespace Dispatcher.Actors;

/// <summary>By which rule a pool finds its size.</summary>
public enum ScalingKind : byte
{
    /// <summary>By none: it has the size that it was given.</summary>
    Off,

    /// <summary>As few workers as keep the wait of tasks below a target.</summary>
    Slo,

    /// <summary>So many workers for the rate, and more for a latency over a limit.</summary>
    Article,
}
