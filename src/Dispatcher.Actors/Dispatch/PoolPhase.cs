namespace Dispatcher.Actors;

/// <summary>How far a pool is in its life.</summary>
public enum PoolPhase : byte
{
    /// <summary>Accepts tasks; the minimum of workers, with all their handlers, is not there yet.</summary>
    Starting,

    /// <summary>Accepts tasks and runs them.</summary>
    Running,

    /// <summary>Refuses new tasks and finishes what it has.</summary>
    Draining,

    /// <summary>Refuses all.</summary>
    Stopped,
}
