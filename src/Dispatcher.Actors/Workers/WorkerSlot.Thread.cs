using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers;

/// <content>Who has the worker's thread.</content>
internal sealed partial class WorkerSlot
{
    /// <summary>The run whose handler has not returned to this worker's turn yet; null for none.</summary>
    public (TaskRoute Route, long Task)? HoldingThread
    {
        get
        {
            // Race: the cell moves on between the looks, to another worker or another task. The run is read before and after the others.
            if (Volatile.Read(ref _current) is not { } cell)
                return null;
            long run = cell.RunId;
            TaskRoute route = cell.Route;
            return cell.Slot == this && cell.IsRunning(run) ? (route, run) : null;
        }
    }
}
