namespace Dispatcher.Actors;

/// <summary>Whether a circuit breaker lets tasks through.</summary>
public enum BreakerState : byte
{
    /// <summary>All of them.</summary>
    Closed,

    /// <summary>None.</summary>
    Open,

    /// <summary>A few, to find out whether it helps.</summary>
    HalfOpen,
}
