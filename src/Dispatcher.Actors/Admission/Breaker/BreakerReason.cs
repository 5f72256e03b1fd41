namespace Dispatcher.Actors;

/// <summary>Why a circuit breaker changed its state.</summary>
public enum BreakerReason : byte
{
    /// <summary>Too large a share of the calls in the window failed.</summary>
    FailureRate,

    /// <summary>Too large a share of the calls in the window was slow.</summary>
    SlowRate,

    /// <summary>Too many calls in a row failed.</summary>
    ConsecutiveFailures,

    /// <summary>It was open long enough, and a task came to try.</summary>
    TimeToProbe,

    /// <summary>A call that tried failed, or was slow where that counts.</summary>
    ProbeFailed,

    /// <summary>Enough calls that tried succeeded.</summary>
    ProbesSucceeded,

    /// <summary>An operator said so.</summary>
    Operator,
}
