using Akka.Routing;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Routing;

/// <summary>
/// Passes wake-ups on where tasks are bound to a worker when they are submitted. The balancing policy has chosen on the submitter's thread already,
/// since a full line must refuse the task at once; the wake-up says for whom it is. One for nobody in particular goes to an idle worker.
/// </summary>
internal sealed class BoundLogic : RoutingLogic
{
    private readonly WorkerRegistry _registry;
    private readonly CreditPullLogic _anyIdle;

    /// <summary>Makes the logic.</summary>
    /// <param name="registry">The pool's workers.</param>
    public BoundLogic(WorkerRegistry registry)
    {
        _registry = registry;
        _anyIdle = new CreditPullLogic(registry);
    }

    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees) =>
        message is WorkerTurn { Worker: >= 0 and int worker } ? _registry.RouteeOf(worker) : _anyIdle.Select(message, routees);
}
