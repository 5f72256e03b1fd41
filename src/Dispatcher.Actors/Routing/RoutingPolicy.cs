namespace Dispatcher.Actors;

/// <summary>Which worker runs a task: <c>routing</c>.</summary>
public enum RoutingPolicy : byte
{
    /// <summary>The one that is free first. All tasks wait in one queue, and a worker that has done one pulls the next.</summary>
    CreditPull,

    /// <summary>Each worker in turn, decided when the task is submitted.</summary>
    RoundRobin,

    /// <summary>The one with the least to do when the task is submitted.</summary>
    SmallestMailbox,

    /// <summary>The one with less to do of two that are chosen at random when the task is submitted.</summary>
    RandomOfTwo,

    /// <summary>The one that the task's key belongs to; each worker in turn for a task without a key.</summary>
    ConsistentHash,
}
