namespace Dispatcher.Actors;

/// <summary>A class of a pool's workers: workers with a dispatcher, a number and a queue of their own, for some of the pool's types of task.</summary>
public enum WorkerClass : byte
{
    /// <summary>For every type that is declared nothing else.</summary>
    Default,

    /// <summary>For handlers that block their thread. Each worker has one of its own.</summary>
    Blocking,
}
