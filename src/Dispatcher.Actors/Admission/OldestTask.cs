using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission;

/// <summary>The oldest timed task of a queue, and the first one, timed or not, among those that it was shown.</summary>
/// <param name="holds">The state of a task in the queue.</param>
internal struct OldestTask(CellState holds)
{
    /// <summary>When the oldest timed one came through the door, a timestamp; 0 for none.</summary>
    public long EnteredAt { get; private set; }

    /// <summary>The id of the first one; 0 for none.</summary>
    public long FirstId { get; private set; }

    /// <summary>Looks at a task. It may be gone at any instruction.</summary>
    /// <param name="cell">The task; null for none.</param>
    /// <returns>Whether it is timed: those behind it are younger.</returns>
    public bool Notes(TaskCell? cell)
    {
        if (cell == null || cell.State != holds)
            return false;
        if (FirstId == 0)
            FirstId = cell.Id;
        long enteredAt = Volatile.Read(ref cell.EnteredAt);
        if (enteredAt == 0)
            return false;
        EnteredAt = EnteredAt == 0 ? enteredAt : Math.Min(EnteredAt, enteredAt);
        return true;
    }
}
