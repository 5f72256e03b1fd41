using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Admission.Keys;

namespace Dispatcher.Actors.Dispatch;

/// <content>Tasks with a key: where they go when they come, get a place, get their turn, and when they have ended.</content>
internal sealed partial class PoolCore
{
    /// <summary>The order of the tasks that have a key.</summary>
    public KeyOrder Keys { get; }

    /// <summary>A task with a key has its outcome: those who waited for that get their turn.</summary>
    /// <param name="link">The task.</param>
    public void LeaveKey(KeyLink link) => GoOn(Keys.Leave(link));

    /// <summary>A task with a key has come from those that wait for a place to its place.</summary>
    /// <param name="cell">The task, Queued and in no queue yet.</param>
    /// <param name="link">The same.</param>
    public void EnterKeyed(TaskCell cell, KeyLink link)
    {
        long due = cell.DueAt;
        if (Keys.TakePlace(link, out KeyStep step) == KeyVerdict.Go)
            EnterLine(cell, CellState.Queued);
        else
            AfterParking(due);
        GoOn(step);
    }

    private void EnterKeyed(TaskCell cell, KeyLink link, CellState place)
    {
        link.Bind(cell);
        long due = cell.DueAt;
        TaskLine line = cell.Line;
        KeyVerdict verdict = Keys.Join(link, place);
        if (verdict == KeyVerdict.Go)
        {
            EnterLine(cell, place);
            return;
        }

        if (verdict == KeyVerdict.GaveWay)
            line.GiveWay(cell, link.Id);
        AfterParking(due);
    }

    // The cell is anybody's, it may even be at work by now. The same races as for one that was put into its queue; its parking was followed by a full fence.
    private void AfterParking(long due)
    {
        if (due != 0)
            Announce(due);
        if (_phase == PoolPhase.Stopped)
            RejectLeftovers();
    }

    // The tasks may belong to workers of another class, with lines of their own.
    private static void GoOn(in KeyStep step)
    {
        for (KeyLink? link = step.Released; link != null; link = link.NextReleased)
            link.Cell.Route.Core.EnterLine(link.Cell, CellState.Queued);
        if (step.Lined is { } lined)
            lined.Cell.Route.Core.EnterLine(lined.Cell, CellState.Waiting);
    }
}
