using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Routing;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Routing;

/// <summary>Gives the workers' actors their places in the pool, and finds the routee of a place. Changed when workers come and go; read for each wake-up.</summary>
internal sealed class WorkerRegistry
{
    private readonly ConcurrentDictionary<IActorRef, WorkerSlot> _kept = new();
    private readonly Lock _joining = new();
    private long _joins;

    /// <summary>Makes an empty registry.</summary>
    /// <param name="core">The pool.</param>
    public WorkerRegistry(PoolCore core) => Core = core;

    /// <summary>The pool.</summary>
    public PoolCore Core { get; }

    /// <summary>How many workers have come so far, and how many of all stay; of one moment, or a worker that comes between the two looks would be
    /// ordered twice or be one too many.</summary>
    public (long Joins, int Staying) Count()
    {
        lock (_joining)
            return (_joins, Core.Slots.Staying);
    }

    /// <summary>Gives a new worker its place.</summary>
    /// <param name="worker">The worker's actor.</param>
    /// <exception cref="InvalidOperationException">The pool has its maximum of workers.</exception>
    public WorkerSlot Join(IActorRef worker)
    {
        WorkerSlot slot;
        lock (_joining)
        {
            _joins++;
            slot = Core.Slots.TryTake()
                ?? throw new InvalidOperationException($"Pool '{Core.Settings.Name}' has all of its {Core.Slots.Capacity} workers, '{worker.Path}' is one too many.");
            slot.Man(new WorkerSignal(worker));
        }

        Core.PrepareThread(slot.Index);
        // Outside of the lock: workers make their handlers at the same time.
        slot.WarmUp();
        // One too many by now: while it was on its way nobody could ask it to drain. Race: a resize comes at this moment. Either we see its number, or
        // the review that it asks for sees us. Without the question thousands of workers that come at once would have all of them counted each time.
        if (Core.Slots.Taken > Core.Desired || Core.MayOpen)
            Core.OnWorkersChanged();
        return slot;
    }

    /// <summary>Keeps the place of a worker that starts anew, from its old instance to its new one.</summary>
    /// <param name="worker">The worker's actor.</param>
    /// <param name="slot">Its place.</param>
    public void Keep(IActorRef worker, WorkerSlot slot) => _kept[worker] = slot;

    /// <summary>The place that was kept.</summary>
    /// <param name="worker">The worker's actor.</param>
    public WorkerSlot? TakeKept(IActorRef worker) => _kept.TryRemove(worker, out WorkerSlot? slot) ? slot : null;

    /// <summary>
    /// The routee of a place. Race: its worker was taken out of the idle ones for a wake-up, and leaves at this moment. It may be gone already; what the
    /// wake-up stood for is passed on by the one that leaves, since it does not find itself among the idle.
    /// </summary>
    /// <param name="index">The place's number.</param>
    public Routee RouteeOf(int index) => Core.Slots[index].Signal as WorkerSignal ?? Routee.NoRoutee;

    /// <summary>Takes a place back.</summary>
    /// <param name="slot">The place.</param>
    public void Leave(WorkerSlot slot)
    {
        slot.Leave();
        Core.Slots.Return(slot);
        Core.OnWorkersChanged();
    }
}
