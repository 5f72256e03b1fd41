using Akka.Actor;

namespace Dispatcher.Actors.Workers;

/// <summary>A worker's actor, as the core sees it.</summary>
internal sealed class WorkerSignal : IWorkerSignal
{
    private readonly IActorRef _worker;

    /// <summary>Makes the signal.</summary>
    /// <param name="worker">The actor.</param>
    public WorkerSignal(IActorRef worker) => _worker = worker;

    /// <inheritdoc/>
    public void Raise() => _worker.Tell(WorkerTurn.Instance, ActorRefs.NoSender);
}
