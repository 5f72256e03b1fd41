namespace Dispatcher.Actors.Workers;

/// <summary>What became of a task that a worker has run.</summary>
internal enum RunEnd : byte
{
    /// <summary>It has its outcome.</summary>
    Ended,

    /// <summary>Its handler awaits something; the outcome will come on another thread.</summary>
    InFlight,

    /// <summary>It has its outcome, and its worker has to fail.</summary>
    Faulted,
}
