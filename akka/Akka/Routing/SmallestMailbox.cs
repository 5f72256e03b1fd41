using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Routing;

/// <summary>
/// An idle routee with an empty mailbox if there is one, else the one with the fewest messages. Suspended ones come last, and those that cannot be
/// measured before them.
/// </summary>
public sealed class SmallestMailboxRoutingLogic : RoutingLogic
{
    private int _next;

    public SmallestMailboxRoutingLogic() { }

    public SmallestMailboxRoutingLogic(int next) => _next = next;

    public override Routee Select(object message, Routee[] routees)
    {
        if (routees.Length == 0) return Routee.NoRoutee;
        var best = routees[0];
        var bestScore = long.MaxValue;
        // Starts elsewhere each time, so that equals take turns.
        var start = (int)((uint)(Interlocked.Increment(ref _next) & int.MaxValue) % (uint)routees.Length);
        for (var i = 0; i < routees.Length; i++)
        {
            var routee = routees[(start + i) % routees.Length];
            var score = Score(routee);
            if (score == 0) return routee;
            if (score >= bestScore) continue;
            (best, bestScore) = (routee, score);
        }
        return best;
    }

    private static long Score(Routee routee)
    {
        if ((routee as ActorRefRoutee)?.Actor is not ActorRefWithCell { Underlying: ActorCell cell }) return long.MaxValue - 3;
        var mailbox = cell.Mailbox;
        if (mailbox.IsClosed) return long.MaxValue - 1;
        if (mailbox.IsSuspended) return long.MaxValue - 2;
        return 2L * mailbox.NumberOfMessages + (mailbox.IsScheduled ? 1 : 0);
    }
}

/// <summary>A pool that prefers whoever has least to do.</summary>
public sealed class SmallestMailboxPool : Pool
{
    public SmallestMailboxPool(int nrOfInstances) : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId) { }

    public SmallestMailboxPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string? routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher) { }

    public SmallestMailboxPool(Config config)
        : this(config.GetInt("nr-of-instances"), Resizer.FromConfig(config), DefaultSupervisorStrategy, Dispatch.Dispatchers.DefaultDispatcherId, HasPoolDispatcher(config)) { }

    public override ISurrogate ToSurrogate(ActorSystem system) => new LocalSurrogate(this);
    public override Router CreateRouter(ActorSystem system) => new(new SmallestMailboxRoutingLogic());

    public override int GetNrOfInstances(ActorSystem sys) => NrOfInstances;

    public SmallestMailboxPool WithSupervisorStrategy(SupervisorStrategy strategy) => new(NrOfInstances, Resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    public SmallestMailboxPool WithResizer(Resizer resizer) => new(NrOfInstances, resizer, SupervisorStrategy, RouterDispatcher, UsePoolDispatcher);
    public SmallestMailboxPool WithDispatcher(string dispatcher) => new(NrOfInstances, Resizer, SupervisorStrategy, dispatcher, UsePoolDispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        var (resizer, strategy) = Merge(routerConfig);
        return new SmallestMailboxPool(NrOfInstances, resizer, strategy, RouterDispatcher, UsePoolDispatcher);
    }
}
