using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission.Fairness;

/// <summary>
/// The queue of a pool that tenants share, or the line of those that wait for a place in it: a <see cref="FairQueue{T}"/> a class. Each task in either holds
/// a place of its tenant, the same one on its way through both.
/// </summary>
internal sealed class FairLines
{
    private readonly FairQueue<TaskCell>?[] _queues = new FairQueue<TaskCell>?[PriorityOrder.Classes];
    private readonly FairnessSettings _settings;
    private readonly FairShares _shares;
    private readonly int _capacity;
    private readonly CellState _holds;
    private readonly Func<TaskCell, bool> _isTombstone;

    /// <summary>Makes empty lines.</summary>
    /// <param name="settings">How they are shared, validated.</param>
    /// <param name="shares">The tenants.</param>
    /// <param name="capacity">How many tasks fit, all classes together.</param>
    /// <param name="holds">The state of a task in these lines: Queued, or Waiting for a place.</param>
    public FairLines(FairnessSettings settings, FairShares shares, int capacity, CellState holds)
    {
        _holds = holds;
        _isTombstone = cell => cell.State != holds;
        _settings = settings;
        _shares = shares;
        _capacity = capacity;
    }

    /// <summary>How many tasks there are, tombstones included.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (FairQueue<TaskCell>? queue in _queues)
                count += queue?.Count ?? 0;
            return count;
        }
    }

    /// <summary>Whether a take would find a task now, if only a tombstone.</summary>
    public bool HasItem
    {
        get
        {
            foreach (FairQueue<TaskCell>? queue in _queues)
            {
                if (queue is { HasItem: true })
                    return true;
            }

            return false;
        }
    }

    /// <summary>How many were taken; see <see cref="FairQueue{T}.Taken"/>.</summary>
    public long Taken
    {
        get
        {
            long taken = 0;
            foreach (FairQueue<TaskCell>? queue in _queues)
                taken += queue?.Taken ?? 0;
            return taken;
        }
    }

    /// <summary>Adds a task that holds a place of its tenant; one that comes once more takes one first.</summary>
    /// <param name="cell">The task.</param>
    public void Enqueue(TaskCell cell)
    {
        CellExtras extras = cell.EnsureExtras();
        FairTenant? tenant = Volatile.Read(ref extras.Ticket.Tenant);
        if (tenant != null)
        {
            Enqueue(tenant, cell);
            return;
        }

        // It comes once more, or it was ended on its way here, and then whoever did so has given its place back. Race: it is ended at this moment.
        // The place is there to be given back before we look, by a full fence: either we see the end, or the one who ends it sees the place.
        tenant = _shares.Hold(extras.Options?.Tenant);
        Interlocked.Exchange(ref extras.Ticket.Tenant, tenant);
        bool isTombstone = cell.State != _holds;
        Enqueue(tenant, cell);
        // Ended by another than its worker, so the cell is never used anew.
        if (isTombstone)
            extras.Ticket.LeaveQueue();
    }

    /// <summary>Takes the next task of a class, or a tombstone.</summary>
    /// <param name="c">The class.</param>
    /// <param name="cell">The task.</param>
    public bool TryDequeue(int c, [NotNullWhen(true)] out TaskCell? cell)
    {
        cell = null;
        return Volatile.Read(ref _queues[c]) is { } queue && queue.TryDequeue(out cell);
    }

    /// <summary>A task was ended in its queue, or on its way there.</summary>
    /// <param name="c">Its class.</param>
    /// <returns>Whether the queue was swept for it.</returns>
    public bool Withdraw(int c) => QueueFor((TaskPriority)c).Withdraw();

    /// <summary>What was taken was a tombstone.</summary>
    /// <param name="c">Its class.</param>
    public void OnTombstoneTaken(int c) => _queues[c]!.OnTombstoneTaken();

    /// <summary>Looks after the time of every task.</summary>
    /// <param name="core">Their pool.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look.</returns>
    public long Sweep(PoolCore core, long now)
    {
        long next = long.MaxValue;
        foreach (FairQueue<TaskCell>? queue in _queues)
        {
            if (queue is not { Count: > 0 })
                continue;
            for (int place = 0; place < queue.Places; place++)
                next = Math.Min(next, queue.PeekAt(place)?.Sweep(core, now) ?? long.MaxValue);
        }

        return next;
    }

    private void Enqueue(FairTenant tenant, TaskCell cell) =>
        QueueFor(cell.Priority).Enqueue(tenant.FlowOf(cell.Priority, _holds == CellState.Waiting), cell);

    private FairQueue<TaskCell> QueueFor(TaskPriority priority)
    {
        ref FairQueue<TaskCell>? place = ref _queues[(int)priority];
        FairQueue<TaskCell>? queue = Volatile.Read(ref place);
        if (queue != null)
            return queue;
        FairQueue<TaskCell> made = new(_capacity, _settings, _isTombstone);
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }
}
