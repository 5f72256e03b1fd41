using Akka.Actor;

namespace Dispatcher.Actors.Workers;

/// <summary>Asks a worker for a turn: a wake-up, a landing, a drain, or its own wish to go on. Many before the turn are one.</summary>
internal sealed class WorkerTurn : INoSerializationVerificationNeeded
{
    public static readonly WorkerTurn Instance = new();

    private WorkerTurn()
    {
    }
}
