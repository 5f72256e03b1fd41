using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Admission.Keys;

/// <summary>
/// A task's place in the order of its key. One for each keyed task and never used again, so that whoever comes late with one cannot meet another
/// task. All but the key is changed under the lock of the key's shard.
/// </summary>
internal sealed class KeyLink
{
    /// <summary>Makes the place of a task that has not joined yet.</summary>
    /// <param name="key">Its key.</param>
    public KeyLink(string key) => Key = key;

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The task's cell, and with <see cref="Id"/> the task.</summary>
    public TaskCell Cell { get; private set; } = null!;

    /// <summary>The task's id; the cell may serve another task when this one has ended.</summary>
    public long Id { get; private set; }

    /// <summary>The line it stands in; null before it joins.</summary>
    public KeyLine? Line { get; set; }

    /// <summary>The one before it.</summary>
    public KeyLink? Before { get; set; }

    /// <summary>The one behind it.</summary>
    public KeyLink? Next { get; set; }

    /// <summary>Where it is parked; null when it is not.</summary>
    public ParkedTask? Parking { get; set; }

    /// <summary>The next of those that got their turn by the same step.</summary>
    public KeyLink? NextReleased { get; set; }

    /// <summary>Whether it may run: it is one of those that its key allows at a time.</summary>
    public bool HasTurn { get; set; }

    /// <summary>Whether the task has its outcome.</summary>
    public bool IsGone { get; set; }

    /// <summary>Where the task is.</summary>
    public CellState State => Cell.StateFor(Id);

    /// <summary>Whether the task waits for a place in the intake, and so for others to leave it.</summary>
    public bool IsWithoutPlace => State is CellState.Waiting or CellState.ParkedWaiting;

    /// <summary>Names the task, before it joins.</summary>
    /// <param name="cell">The cell.</param>
    public void Bind(TaskCell cell)
    {
        Cell = cell;
        Id = cell.Id;
    }

    /// <summary>Moves the task on, unless somebody has ended it.</summary>
    /// <param name="from">The state it must be in.</param>
    /// <param name="to">The next one.</param>
    public bool TryMove(CellState from, CellState to) => Cell.TryMove(Id, from, to);
}
