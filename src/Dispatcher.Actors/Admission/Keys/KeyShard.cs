using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission.Keys;

/// <summary>
/// The keys of one shard that have tasks, and those of their tasks that are parked. The lock is held for a few instructions, and nothing foreign runs
/// under it. A key without tasks leaves nothing behind.
/// </summary>
internal sealed class KeyShard
{
    private const int KeptCapacity = 64;

    private readonly ParkedList[] _parked = [new(), new(), new()];
    private Dictionary<string, KeyLine> _lines = new(StringComparer.Ordinal);

    /// <summary>The lock.</summary>
    public Lock Gate { get; } = new();

    /// <summary>How many keys have tasks.</summary>
    public int Count => _lines.Count;

    /// <summary>The parked tasks of a class.</summary>
    /// <param name="priority">The class.</param>
    public ParkedList Parked(int priority) => _parked[priority];

    /// <summary>The line of a key, made if it has none.</summary>
    /// <param name="key">The key.</param>
    public KeyLine LineOf(string key)
    {
        if (!_lines.TryGetValue(key, out KeyLine? line))
            _lines.Add(key, line = new KeyLine());
        return line;
    }

    /// <summary>Forgets a key whose line is empty, and after a rush of keys also the room they took.</summary>
    /// <param name="key">The key.</param>
    public void Forget(string key)
    {
        _lines.Remove(key);
        if (_lines.Count == 0 && _lines.EnsureCapacity(0) > KeptCapacity)
            _lines = new Dictionary<string, KeyLine>(StringComparer.Ordinal);
    }

    /// <summary>Parks a task, if it is still in the state that its submitter left it in.</summary>
    /// <param name="link">The task.</param>
    /// <param name="from">That state.</param>
    /// <param name="to">Parked or ParkedWaiting.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>Whether it is parked; false if somebody has ended it.</returns>
    public bool TryPark(KeyLink link, CellState from, CellState to, long now)
    {
        // First the parking, so that whoever sees the state finds the task among the parked; taken back where the move fails.
        link.Parking = new ParkedTask(link, _parked[(int)link.Cell.Priority], now);
        link.Parking.List.Add(link.Parking);
        if (link.TryMove(from, to))
            return true;
        Unpark(link);
        return false;
    }

    /// <summary>Moves a parked task on, if nobody has ended it.</summary>
    /// <param name="link">The task.</param>
    /// <param name="from">Parked or ParkedWaiting.</param>
    /// <param name="to">The next state.</param>
    public static bool TryUnpark(KeyLink link, CellState from, CellState to)
    {
        if (!link.TryMove(from, to))
            return false;
        Unpark(link);
        return true;
    }

    /// <summary>Takes a task out of the parked, if it is there.</summary>
    /// <param name="link">The task.</param>
    public static void Unpark(KeyLink link)
    {
        link.Parking?.List.Remove(link.Parking);
        link.Parking = null;
    }
}
