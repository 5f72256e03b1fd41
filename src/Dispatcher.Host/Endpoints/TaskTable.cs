using Dispatcher.Actors;

namespace Dispatcher.Host.Endpoints;

/// <summary>
/// The submissions that callers can still ask for: at most <paramref name="capacity"/>. A new one takes the place of the one that ended first;
/// while nothing has ended, a full table refuses new ones. One that is pending is never dropped. Several may be one task: those of an idempotency key.
/// </summary>
internal sealed class TaskTable(int capacity)
{
    /// <summary>Submissions kept by a node: a few megabytes.</summary>
    public const int DefaultCapacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TaskId, List<TaskEntry>> _tasks = [];
    private readonly Queue<TaskEntry> _ended = new();
    private int _count;
    private int _reserved;
    private long _callers;

    public int Capacity => capacity;

    /// <summary>Takes a place before the task is submitted; every success needs an <see cref="Add"/> or a <see cref="Release"/>.</summary>
    public bool TryReserve()
    {
        lock (_gate)
        {
            if (_count + _reserved >= capacity && !TryEvict())
                return false;
            _reserved++;
            return true;
        }
    }

    public void Release()
    {
        lock (_gate)
            _reserved--;
    }

    /// <summary>Adds a submission, which has its id, and numbers its caller.</summary>
    public void Add(TaskEntry entry)
    {
        lock (_gate)
        {
            _reserved--;
            _count++;
            entry.Caller = ++_callers;
            if (!_tasks.TryGetValue(entry.Id, out var callers))
                _tasks.Add(entry.Id, callers = []);
            callers.Add(entry);
        }
        // Not before it is in: the eviction that follows looks it up.
        entry.Ended.ContinueWith(_ => OnEnded(entry), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The submissions of a task, the first one first; none where it is not known.</summary>
    public IReadOnlyList<TaskEntry> Find(TaskId id)
    {
        lock (_gate)
            return _tasks.TryGetValue(id, out var callers) ? [.. callers] : [];
    }

    private void OnEnded(TaskEntry entry)
    {
        lock (_gate)
            _ended.Enqueue(entry);
    }

    private bool TryEvict()
    {
        if (!_ended.TryDequeue(out var entry))
            return false;
        var callers = _tasks[entry.Id];
        callers.Remove(entry);
        if (callers.Count == 0)
            _tasks.Remove(entry.Id);
        _count--;
        return true;
    }
}
