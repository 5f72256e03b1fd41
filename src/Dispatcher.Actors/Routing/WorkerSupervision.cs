using Akka.Actor;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Routing;

/// <summary>What the pool's router does with a worker that failed.</summary>
internal static class WorkerSupervision
{
    /// <summary>
    /// As the pool's settings say by the class of what a handler threw: its caller has the outcome, and the pool counts. A worker that was killed stops, and the
    /// pool replaces it. Handlers fail as often as they like: no count, no window; who fails often rests.
    /// </summary>
    /// <param name="core">The pool.</param>
    public static SupervisorStrategy Workers(PoolCore core) => new OneForOneStrategy(-1, -1, error => Decide(core, error), loggingEnabled: false);

    /// <summary>What the pool does with its router, which fails only by a worker's failure that was escalated: it ends.</summary>
    /// <param name="core">The pool.</param>
    public static SupervisorStrategy Router(PoolCore core) => new OneForOneStrategy(-1, -1, error =>
    {
        core.GiveUp(error);
        return Directive.Stop;
    }, loggingEnabled: false);

    private static Directive Decide(PoolCore core, Exception error) => error switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => core.DecideFailure(error) switch
        {
            SupervisionDirective.Resume => Directive.Resume,
            SupervisionDirective.Stop => Directive.Stop,
            SupervisionDirective.Escalate => Directive.Escalate,
            _ => Directive.Restart,
        },
    };
}
