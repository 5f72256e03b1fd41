using Akka.Routing;
using Dispatcher.Actors.Dispatch;

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
        PoolCore core = _registry.Core;
        if (core.TryTakeIdle(out int index))
            return _registry.RouteeOf(index);
        core.OnWakeLost();
        return s_nobody;
    }
}
