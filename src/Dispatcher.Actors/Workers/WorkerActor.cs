using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Dispatcher.Actors.Routing;

namespace Dispatcher.Actors.Workers;

/// <summary>
/// Owns one place of a pool and gives it its turns. In: requests for a turn. Out: outcomes, through the tasks' cells. On a handler's failure the
/// outcome is with the caller already; the actor fails with the handler's exception, and the pool's supervisor decides. The place, with its tasks in
/// flight, outlives a restart; the queue is shared, so no task hangs on this worker.
/// </summary>
internal sealed class WorkerActor : UntypedActor
{
    private readonly WorkerRegistry _registry;
    private WorkerSlot? _slot;
    private NextTurn? _next;

    private WorkerActor(WorkerRegistry registry) => _registry = registry;

    /// <summary>How to make one.</summary>
    /// <param name="registry">The pool's workers.</param>
    public static Props Props(WorkerRegistry registry) => Akka.Actor.Props.CreateBy(new Producer(registry));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _slot = _registry.Join(Self);
        Self.Tell(WorkerTurn.Instance, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is not WorkerTurn || _slot == null)
        {
            Unhandled(message);
            return;
        }

        switch (RunTurn(_slot))
        {
            case TurnEnd.Yield:
                Self.Tell(WorkerTurn.Instance, ActorRefs.NoSender);
                break;
            case TurnEnd.Leave:
                LeaveThread();
                break;
            case TurnEnd.Faulted:
                Fail(_slot);
                break;
            case TurnEnd.Drained:
                Context.Stop(Self);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        // Not PostStop: the place stays ours.
        if (_slot != null)
            _registry.Keep(Self, _slot);
    }

    /// <inheritdoc/>
    protected override void PostRestart(Exception reason)
    {
        _slot = _registry.TakeKept(Self);
        _slot?.Renew();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        if (_slot != null)
            _registry.Leave(_slot);
    }

    // A thread of the pool takes its next work from the newest end of a queue of its own, where a message to itself would put the next turn: callers that it has
    // sent there, whose tasks have ended, and whatever waits for a thread elsewhere would wait for as long as there are tasks. So by way of the queue of all threads.
    private void LeaveThread()
    {
        if (Thread.CurrentThread.IsThreadPoolThread)
            ThreadPool.UnsafeQueueUserWorkItem(_next ??= new NextTurn(Self), preferLocal: false);
        else
            Self.Tell(WorkerTurn.Instance, ActorRefs.NoSender);
    }

    // Handlers and callers are not this actor: what they tell must not come from it.
    private static TurnEnd RunTurn(WorkerSlot slot)
    {
        ActorCell self = InternalCurrentActorCellKeeper.Current!;
        InternalCurrentActorCellKeeper.Current = null!;
        try
        {
            return slot.RunTurn();
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = self;
        }
    }

    // The next turn is asked for before the failure: it waits in the mailbox while the supervisor decides, and survives both a restart and a
    // resume. A stop drops it, and PostStop passes on what it stood for.
    private void Fail(WorkerSlot slot)
    {
        Exception? error = slot.TakeFault();
        Self.Tell(WorkerTurn.Instance, ActorRefs.NoSender);
        if (error != null)
            ExceptionDispatchInfo.Throw(error);
    }

    // If its actor has stopped meanwhile, nobody gets the message, and nobody misses it: the stop has passed on what it stood for.
    private sealed class NextTurn(IActorRef self) : IThreadPoolWorkItem
    {
        public void Execute() => self.Tell(WorkerTurn.Instance, ActorRefs.NoSender);
    }

    private sealed class Producer(WorkerRegistry registry) : IIndirectActorProducer
    {
        public Type ActorType => typeof(WorkerActor);

        public ActorBase Produce() => new WorkerActor(registry);

        public void Release(ActorBase actor)
        {
        }
    }
}
