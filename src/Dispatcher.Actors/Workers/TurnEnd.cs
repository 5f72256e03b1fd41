namespace Dispatcher.Actors.Workers;

/// <summary>How a worker's turn ended, and with it what its actor has to do.</summary>
internal enum TurnEnd : byte
{
    /// <summary>Nothing left to take: a wake-up will come.</summary>
    Idle,

    /// <summary>As many tasks in flight as it may have: the next one that ends will raise it.</summary>
    Parked,

    /// <summary>It has failed often: the sweep will raise it when its rest is over.</summary>
    Resting,

    /// <summary>More to do: come back by a message to itself.</summary>
    Yield,

    /// <summary>More to do, and it has had its thread for long: leave it to whoever waits for one, and come back after them.</summary>
    Leave,

    /// <summary>A handler threw: fail, and let the supervisor decide.</summary>
    Faulted,

    /// <summary>Drained: stop.</summary>
    Drained,
}
