using Akka.Actor;

namespace Dispatcher.Actors.Routing;

/// <summary>What the pool's router does with a worker that failed.</summary>
internal static class WorkerSupervision
{
    /// <summary>
    /// Restart with fresh handlers, whatever a handler threw: its caller has the outcome, and the pool logs. A worker that cannot even start, or was
    /// killed, stops; the pool replaces it. Handlers fail as often as they like: no count, no window.
    /// </summary>
    public static SupervisorStrategy Strategy() => new OneForOneStrategy(-1, -1, Decide, loggingEnabled: false);

    private static Directive Decide(Exception error) => error switch
    {
        ActorInitializationException => Directive.Stop,
        ActorKilledException => Directive.Stop,
        DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    };
}
