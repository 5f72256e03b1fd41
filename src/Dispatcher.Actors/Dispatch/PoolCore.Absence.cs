using System.Collections.Concurrent;
using Dispatcher.Actors.Telemetry;

namespace Dispatcher.Actors.Dispatch;

/// <content>Handlers that do not come back from tasks that were given up.</content>
internal sealed partial class PoolCore
{
    // A cell that was given up is never used anew, so it says what is stuck.
    private readonly ConcurrentDictionary<TaskCell, bool> _stuck = [];
    private int _replaced;
    private int _absent;

    /// <summary>How many places stand in for handlers that are out.</summary>
    public int Replaced => Volatile.Read(ref _replaced);

    /// <summary>Whether any handler is out.</summary>
    public bool AnyAbsent => Volatile.Read(ref _absent) != 0;

    /// <summary>Does something with each task that was given up and whose handler is still out.</summary>
    /// <param name="visit">What to do.</param>
    public void ForEachStuck(Action<TaskCell> visit)
    {
        foreach ((TaskCell cell, _) in _stuck)
            visit(cell);
    }

    /// <summary>A task was given up although its handler may still be at work.</summary>
    /// <param name="cell">The task. An abandoned cell is never used anew, so it still says what it was.</param>
    public void OnAbandoned(TaskCell cell)
    {
        if (cell.Slot is not { } slot)
            return;
        // A pool that has stopped needs no replacements, and names what it leaves behind itself.
        bool isOver = _phase == PoolPhase.Stopped;
        bool isReplaced = !isOver && TryReplace();
        if (!cell.EnsureExtras().TryMarkAbsent(isReplaced ? HandlerAbsence.Replaced : HandlerAbsence.Kept))
        {
            // It came back at this moment.
            if (isReplaced)
                Interlocked.Decrement(ref _replaced);
            return;
        }

        Interlocked.Increment(ref _absent);
        _stuck.TryAdd(cell, true);
        // Race: it came back after it was marked and before it was in the list.
        if (cell.Absence == HandlerAbsence.Returned)
            _stuck.TryRemove(cell, out _);
        slot.OnAbsent(cell);
        if (isOver)
            return;
        Log.HandlerStuck(Settings.Name, cell.Route.TaskType.Name, new TaskId(cell.Id), slot.Index, isReplaced, Replaced, Settings.Replacements);
        _signals.Review();
    }

    /// <summary>A handler has come back from a task that was given up.</summary>
    /// <param name="cell">The task.</param>
    /// <param name="absence">How its worker did without it.</param>
    public void OnAbsentReturned(TaskCell cell, HandlerAbsence absence)
    {
        Interlocked.Decrement(ref _absent);
        _stuck.TryRemove(cell, out _);
        if (absence == HandlerAbsence.Replaced)
            Interlocked.Decrement(ref _replaced);
        Log.HandlerReturned(Settings.Name, cell.Route.TaskType.Name, new TaskId(cell.Id));
        _signals.Review();
    }

    private bool TryReplace()
    {
        int replaced;
        while ((replaced = Volatile.Read(ref _replaced)) < Settings.Replacements)
        {
            if (Interlocked.CompareExchange(ref _replaced, replaced + 1, replaced) == replaced)
                return true;
        }

        return false;
    }
}
