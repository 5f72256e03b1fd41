using Akka.Actor;
using Akka.Routing;

namespace Dispatcher.Actors.Workers;

/// <summary>A worker's actor, as the core sees it and as the router does: one object, for there are as many as workers.</summary>
internal sealed class WorkerSignal : ActorRefRoutee, IWorkerSignal
{
    /// <summary>Makes the signal.</summary>
    /// <param name="worker">The actor.</param>
    public WorkerSignal(IActorRef worker)
        : base(worker)
    {
    }

    /// <inheritdoc/>
    public void Raise() => Actor.Tell(WorkerTurn.Instance, ActorRefs.NoSender);
}
