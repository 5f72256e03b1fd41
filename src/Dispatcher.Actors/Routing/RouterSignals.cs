using Akka.Actor;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Routing;

/// <summary>The pool's actors, as the core sees them.</summary>
internal sealed class RouterSignals : IPoolSignals
{
    private readonly IActorRef _pool;
    private readonly IActorRef _router;
    private readonly WorkerTurn?[] _turns;
    private int _armWanted;
    private int _reviewWanted;

    /// <summary>Makes the signals.</summary>
    /// <param name="pool">The pool's actor.</param>
    /// <param name="router">The workers' router.</param>
    /// <param name="capacity">How many workers there may be.</param>
    public RouterSignals(IActorRef pool, IActorRef router, int capacity)
    {
        _turns = new WorkerTurn?[capacity];
        _pool = pool;
        _router = router;
    }

    /// <inheritdoc/>
    public void RouteWake() => _router.Tell(WorkerTurn.Instance, ActorRefs.NoSender);

    /// <inheritdoc/>
    public void RouteWakeTo(int worker) => _router.Tell(_turns[worker] ??= new WorkerTurn(worker), ActorRefs.NoSender);

    /// <inheritdoc/>
    public void ArmSweep()
    {
        if (Interlocked.Exchange(ref _armWanted, 1) == 0)
            _pool.Tell(PoolActor.ArmSweep.Instance, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public void Review()
    {
        if (Interlocked.Exchange(ref _reviewWanted, 1) == 0)
            _pool.Tell(PoolActor.Review.Instance, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public void StartWatch() => _pool.Tell(PoolActor.StartWatch.Instance, ActorRefs.NoSender);

    /// <summary>The pool's actor has the message in hand; before it looks, so that what changes afterwards is told anew.</summary>
    public void OnArmSweepArrived() => Interlocked.Exchange(ref _armWanted, 0);

    /// <inheritdoc cref="OnArmSweepArrived"/>
    public void OnReviewArrived() => Interlocked.Exchange(ref _reviewWanted, 0);
}
