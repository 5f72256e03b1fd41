using Akka.Actor;
using Akka.Routing;
using Akka.Util;

namespace Dispatcher.Actors.Routing;

/// <summary>The pool of workers as an Akka router. Grows by <see cref="AdjustPoolSize"/>; shrinks by workers that drain and stop themselves.</summary>
internal sealed class WorkerPool : Pool
{
    private readonly WorkerRegistry _registry;

    /// <summary>Makes the router's configuration.</summary>
    /// <param name="workers">How many workers to begin with.</param>
    /// <param name="registry">The pool's workers.</param>
    /// <param name="supervisorStrategy">What becomes of a worker that fails.</param>
    /// <param name="routerDispatcher">The dispatcher of the router itself, which only manages.</param>
    public WorkerPool(int workers, WorkerRegistry registry, SupervisorStrategy supervisorStrategy, string routerDispatcher)
        : base(workers, null!, supervisorStrategy, routerDispatcher, usePoolDispatcher: false) => _registry = registry;

    /// <summary>A pool between two workers goes on: its tasks wait for the next one.</summary>
    public override bool StopRouterWhenAllRouteesRemoved => false;

    /// <inheritdoc/>
    public override Router CreateRouter(ActorSystem system) =>
        new(_registry.Core.Bound == null ? new CreditPullLogic(_registry) : new BoundLogic(_registry));

    /// <inheritdoc/>
    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    /// <inheritdoc/>
    public override ISurrogate ToSurrogate(ActorSystem system) =>
        throw new NotSupportedException("A pool of workers lives on one node and is not sent to others.");
}
