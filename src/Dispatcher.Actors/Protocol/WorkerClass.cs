namespace Dispatcher.Actors;

/// <summary>A class of a pool's workers: workers with a dispatcher, a number and a queue of their own, for some of the pool's types of task.</summary>
public enum WorkerClass : byte
{
    /// <summary>The hybrid class: for every type that is of no other class, those that both compute and wait.</summary>
    Default,

    /// <summary>For handlers that block their thread. Each worker has one of its own.</summary>
    Blocking,

    /// <summary>For urgent tasks that compute. Each worker has a thread of its own, which may be bound to a core.</summary>
    Cpu,

    /// <summary>For tasks that wait most of their time. Each worker has a thread of its own and many tasks in flight.</summary>
    Io,

    /// <summary>For tasks that compute for long: few workers, each with a thread of its own, so that the other classes find a free processor.</summary>
    Long,
}
