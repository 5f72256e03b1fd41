using Akka.Routing;

namespace Dispatcher.Actors.Routing;

/// <summary>
/// Chooses who wakes up: an idle worker, by one look at the set of them. Runs on the thread of the submitter. The tasks themselves wait in the
/// pool's intake, and a worker that has done one pulls the next: no worker idles while a task waits, and a long task holds up nobody else.
/// </summary>
internal sealed class CreditPullLogic : RoutingLogic
{
    private static readonly Routee s_nobody = new();

    private readonly WorkerRegistry _registry;

    /// <summary>Makes the logic.</summary>
    /// <param name="registry">The pool's workers.</param>
    public CreditPullLogic(WorkerRegistry registry) => _registry = registry;

    /// <inheritdoc/>
    public override Routee Select(object message, Routee[] routees)
    {
        return _registry.Core.Idle.TryTakeForWake(out int index) ? _registry.RouteeOf(index) : s_nobody;
    }
}
