using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Routing.Balancing;

/// <summary>
/// The lines of a pool that binds each task to a worker when it is submitted: one for each worker, and one for tasks that come while there is no worker.
/// </summary>
/// <remarks>
/// A line whose worker does not serve it (gone, about to stop, held up by a caller) is an orphan: its tasks stay where they are, and whoever comes by takes
/// them. So nothing has to be moved when a worker goes, and no place can be missing. The rule: a task in a line is seen by the line's worker, which is awake
/// or on its way; or the line is marked as an orphan, and some worker is awake or on its way that looks at orphans.
/// </remarks>
internal sealed class BoundLines
{
    private const long RandomSeed = 0x5EED;

    private readonly PoolCore _core;
    private readonly IBalancingPolicy _policy;
    private readonly TaskLine?[] _lines;
    private readonly TaskLine _nobodys;
    private readonly IndexMask _orphans;
    private readonly Lock _changing = new();
    private readonly Rejected _full;

    /// <summary>Makes the lines of a pool without workers.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="capacity">How many workers there may be at once.</param>
    /// <param name="nobodys">The line of tasks that come while there is no worker.</param>
    public BoundLines(PoolCore core, int capacity, TaskLine nobodys)
    {
        _core = core;
        _nobodys = nobodys;
        _lines = new TaskLine?[capacity + 1];
        _lines[capacity] = nobodys;
        _orphans = new IndexMask(capacity + 1);
        _full = new Rejected(RejectReason.MailboxFull, core.Settings.RetryAfter);
        _policy = core.Settings.Routing switch
        {
            RoutingPolicy.RoundRobin => new RoundRobinPolicy(),
            RoutingPolicy.SmallestMailbox => new SmallestMailboxPolicy(LoadOf),
            RoutingPolicy.RandomOfTwo => new RandomOfTwoPolicy(LoadOf, RandomSeed),
            RoutingPolicy.ConsistentHash => new ConsistentHashPolicy(capacity),
            _ => throw new ArgumentOutOfRangeException(nameof(core), core.Settings.Routing, "Credit pull binds no task to a worker."),
        };
    }

    /// <summary>Whether some line may have tasks that anybody may take.</summary>
    public bool AnyOrphans => _orphans.Any;

    /// <summary>Makes the line of a new place for a worker.</summary>
    /// <param name="worker">The place.</param>
    public TaskLine Add(WorkerSlot worker)
    {
        TaskLine line = new(_core, _core.Settings.QueuePerWorker, _full, worker);
        Volatile.Write(ref _lines[worker.Index], line);
        return line;
    }

    /// <summary>Chooses the line of a new task. Its worker may be gone at the next moment; then the line is an orphan.</summary>
    /// <param name="key">The task's key; null for none.</param>
    public TaskLine Choose(string? key)
    {
        int worker = _policy.Choose(key);
        return worker < 0 ? _nobodys : _lines[worker]!;
    }

    /// <summary>
    /// A worker has come, goes, or is held up by a caller: new tasks go to it, or no more; those in its line become anybody's. Race: a submitter sees
    /// the worker as it was. It has put its task in before it looks at the worker, and we look at the line after the worker's change: one of the two marks the orphan.
    /// </summary>
    /// <param name="worker">The worker.</param>
    public void OnChanged(WorkerSlot worker)
    {
        lock (_changing)
        {
            // By what it is now and not by what the caller saw: two changes may come here in the wrong order.
            if (worker is { IsWarm: true, IsDrainRequested: false })
                _policy.Join(worker.Index);
            else
                _policy.Leave(worker.Index);
        }

        Interlocked.MemoryBarrier();
        if (!worker.IsServing && worker.Line.IsClaimed)
            WakeForOrphan(worker.Index);
    }

    /// <summary>Called after a task was put into a line: wakes the line's worker, or somebody else if it has none.</summary>
    /// <param name="line">The line.</param>
    public void WakeFor(TaskLine line)
    {
        if (line.Worker is not { IsServing: true } worker)
            WakeForOrphan(line.Worker?.Index ?? _lines.Length - 1);
        else if (_core.Idle.Contains(worker.Index) && _core.Idle.TryRemove(worker.Index))
            _core.RouteWakeTo(worker.Index);
    }

    /// <summary>Takes a task for a worker: from its own line and from the orphans, every other time from the orphans first.</summary>
    /// <param name="own">The worker's own line.</param>
    /// <param name="look">The running number of the worker's look.</param>
    /// <param name="cell">The task.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(TaskLine own, uint look, [NotNullWhen(true)] out TaskCell? cell) => look % 2 == 0
        ? TryTakeOrphan(look, out cell) || own.TryTake(look, out cell)
        : own.TryTake(look, out cell) || TryTakeOrphan(look, out cell);

    /// <summary>Does something with every line.</summary>
    /// <param name="visit">What to do.</param>
    public void ForEach(Action<TaskLine> visit)
    {
        for (int i = 0; i < _lines.Length; i++)
        {
            if (Volatile.Read(ref _lines[i]) is { } line)
                visit(line);
        }
    }

    /// <summary>Adds up a figure of every line.</summary>
    /// <param name="figure">The figure.</param>
    public long Sum(Func<TaskLine, long> figure)
    {
        long sum = 0;
        for (int i = 0; i < _lines.Length; i++)
            sum += Volatile.Read(ref _lines[i]) is { } line ? figure(line) : 0;
        return sum;
    }

    // Race: a task comes into the line when we have taken its mark away and before we look whether there are more. Its submitter sets the mark after the task
    // was put in; so either the mark is set after our taking it away, or we see the task.
    private bool TryTakeOrphan(uint look, [NotNullWhen(true)] out TaskCell? cell)
    {
        while (_orphans.Any && _orphans.TryTake(out int index))
        {
            TaskLine line = _lines[index]!;
            if (line.TryTake(look, out cell))
            {
                // For the others; this worker may be busy for long with what it has.
                if (line.IsClaimed)
                    WakeForOrphan(index);
                return true;
            }

            if (line.IsClaimed)
            {
                // Just being written. Its submitter sees to it, but may find our mark in the place of its own.
                WakeForOrphan(index);
                return false;
            }
        }

        cell = null;
        return false;
    }

    private void WakeForOrphan(int index)
    {
        _orphans.Add(index);
        _core.WakeIdle();
    }

    private int LoadOf(int worker) => _lines[worker]!.Worker!.Load;
}
