using Dispatcher.Actors;

namespace Dispatcher.Host.Endpoints;

/// <summary>
/// The tasks that callers can still ask for: at most <paramref name="capacity"/>. A new task takes the place of the one that ended first;
/// while nothing has ended, a full table refuses new tasks. A task that is pending is never dropped.
/// </summary>
internal sealed class TaskTable(int capacity)
{
    /// <summary>Tasks kept by a node: a few megabytes.</summary>
    public const int DefaultCapacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TaskId, TaskEntry> _entries = [];
    private readonly Queue<TaskId> _ended = new();
    private int _reserved;

    public int Capacity => capacity;

    /// <summary>Takes a place before the task is submitted; every success needs an <see cref="Add"/> or a <see cref="Release"/>.</summary>
    public bool TryReserve()
    {
        lock (_gate)
        {
            if (_entries.Count + _reserved >= capacity && !TryEvict())
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

    public void Add(TaskEntry entry)
    {
        lock (_gate)
        {
            _reserved--;
            _entries.Add(entry.Id, entry);
        }
        // Not before it is in: the eviction that follows looks it up.
        entry.Ended.ContinueWith(_ => OnEnded(entry.Id), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public TaskEntry? Find(TaskId id)
    {
        lock (_gate)
            return _entries.GetValueOrDefault(id);
    }

    private void OnEnded(TaskId id)
    {
        lock (_gate)
            _ended.Enqueue(id);
    }

    private bool TryEvict() => _ended.TryDequeue(out var id) && _entries.Remove(id);
}
