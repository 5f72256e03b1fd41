using Akka.Actor;

namespace Dispatcher.Actors.Workers;

/// <summary>Asks a worker for a turn: a wake-up, a landing, a drain, or its own wish to go on. Many before the turn are one.</summary>
internal sealed class WorkerTurn : INoSerializationVerificationNeeded
{
    public static readonly WorkerTurn Instance = new(-1);

    /// <summary>Makes the request for a turn of a certain worker.</summary>
    /// <param name="worker">Its number; -1 for whoever gets it.</param>
    public WorkerTurn(int worker) => Worker = worker;

    /// <summary>The number of the worker that is meant, for the router; -1 for any.</summary>
    public int Worker { get; }
}
