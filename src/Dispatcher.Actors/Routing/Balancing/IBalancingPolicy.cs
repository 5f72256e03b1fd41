namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>Chooses a worker for a task when it is submitted. Any thread may choose; workers come and go one at a time.</summary>
internal interface IBalancingPolicy
{
    /// <summary>A worker may be chosen from now on. Nothing happens if it may already.</summary>
    /// <param name="worker">Its number.</param>
    void Join(int worker);

    /// <summary>A worker may not be chosen any more. A choice that is being made may still fall on it.</summary>
    /// <param name="worker">Its number.</param>
    void Leave(int worker);

    /// <summary>Chooses.</summary>
    /// <param name="key">The task's key; null for none.</param>
    /// <returns>The worker's number; -1 when there is none.</returns>
    int Choose(string? key);
}
