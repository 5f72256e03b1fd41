using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Telemetry.Histograms;
using Dispatcher.Actors.Telemetry.Metrics;

namespace Dispatcher.Actors.Diagnosis;

/// <summary>A class of workers of a pool, as the diagnosis sees it: reads of what the data plane has anyway. Not for several threads.</summary>
internal sealed class WatchedPool : IWatchedPool
{
    private readonly PoolCore _core;
    private readonly IPoolFigures _figures;
    private readonly Action<TaskCell> _look;
    private Action<RunningTask>? _visit;

    /// <summary>Makes a view.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="figures">Its figures.</param>
    public WatchedPool(PoolCore core, IPoolFigures figures)
    {
        _core = core;
        _figures = figures;
        _look = Look;
    }

    /// <inheritdoc/>
    public string Label => _core.Settings.Label;

    /// <inheritdoc/>
    public bool IsOver => _core.Phase == PoolPhase.Stopped;

    /// <inheritdoc/>
    public QueueReading ReadQueue()
    {
        (int idle, int busy, int draining) = _figures.Workers;
        return new QueueReading(_figures.QueueDepth, _figures.OldestAge, _core.AtDoor, _figures.Started, _core.Slots.Running, idle + busy + draining);
    }

    /// <inheritdoc/>
    public void ForEachRunning(Action<RunningTask> visit)
    {
        _visit = visit;
        _core.Slots.ForEachRunning(_look);
    }

    /// <inheritdoc/>
    public bool AnyStuck => _core.AnyAbsent;

    /// <inheritdoc/>
    public void ForEachStuck(Action<RunningTask> visit) =>
        _core.ForEachStuck(cell => visit(new RunningTask(cell.RunId, cell.Id, cell.Route.TaskType.Name, cell.Slot?.Index ?? 0)));

    /// <inheritdoc/>
    public RunTimes RunTimesOf(string taskType)
    {
        HistogramSnapshot runs = new();
        foreach (TaskRoute route in _core.Routes.All)
        {
            if (route.TaskType.Name == taskType)
                route.Runs?.AddTo(runs);
        }

        return new RunTimes(runs.Count, runs.Quantile(0.99));
    }

    private void Look(TaskCell cell)
    {
        // Race: the cell ends and serves another task, of another pool maybe. So its run is read before the rest, and again after it.
        long run = cell.RunId;
        TaskRoute route = cell.Route;
        int worker = cell.Slot?.Index ?? 0;
        if (route.Core == _core && cell.State == CellState.Running && cell.RunId == run)
            _visit!(new RunningTask(run, CellWord.IdOfRunId(run), route.TaskType.Name, worker));
    }
}
