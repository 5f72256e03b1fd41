using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Routing;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Routing;

/// <summary>Which actor has which place in the pool, and the routee of each place. Changed when workers come and go; read for each wake-up.</summary>
internal sealed class WorkerRegistry
{
    private readonly ConcurrentDictionary<IActorRef, WorkerSlot> _slots = new();
    private readonly Routee?[] _routees;
    private readonly Lock _joining = new();
    private long _joins;

    /// <summary>Makes an empty registry.</summary>
    /// <param name="core">The pool.</param>
    public WorkerRegistry(PoolCore core)
    {
        Core = core;
        _routees = new Routee?[core.Slots.Capacity];
    }

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
            _slots[worker] = slot;
            Volatile.Write(ref _routees[slot.Index], Routee.FromActorRef(worker));
            slot.Man(new WorkerSignal(worker));
        }

        Core.OnWorkersChanged();
        return slot;
    }

    /// <summary>The place of a worker that starts anew.</summary>
    /// <param name="worker">The worker's actor.</param>
    public WorkerSlot? Find(IActorRef worker) => _slots.GetValueOrDefault(worker);

    /// <summary>The routee of a place.</summary>
    /// <param name="index">The place's number.</param>
    public Routee RouteeOf(int index) => Volatile.Read(ref _routees[index]) ?? Routee.NoRoutee;

    /// <summary>Takes a place back.</summary>
    /// <param name="worker">The worker's actor.</param>
    /// <param name="slot">Its place.</param>
    public void Leave(IActorRef worker, WorkerSlot slot)
    {
        _slots.TryRemove(worker, out _);
        slot.Leave();
        Core.Slots.Return(slot);
        Core.OnWorkersChanged();
    }
}
