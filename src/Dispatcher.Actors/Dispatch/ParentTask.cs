namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// A task in its handler, as the tasks see it that this handler hands in: they inherit its remaining time, and are asked to stop when it is. Flows with the
/// handler's asynchronous calls. What outlives the task, or one attempt of it, inherits nothing: the run's id tells it from the next one of the same cell.
/// </summary>
internal sealed class ParentTask
{
    private static readonly AsyncLocal<ParentTask?> s_current = new();
    private static bool s_isUsed;

    private readonly TaskCell _cell;
    private readonly long _run;

    /// <summary>Looks at a task.</summary>
    /// <param name="cell">Its cell.</param>
    /// <param name="run">The id of its run.</param>
    public ParentTask(TaskCell cell, long run)
    {
        _cell = cell;
        _run = run;
    }

    /// <summary>
    /// The task in whose handler this code runs; null for none, or for one that has nothing to pass on. A process whose tasks have nothing to pass on pays
    /// a look at a flag. Set by the thread that runs the handler, so that whatever the handler starts sees it.
    /// </summary>
    public static ParentTask? Current
    {
        get => s_isUsed ? s_current.Value : null;
        set
        {
            s_isUsed = true;
            s_current.Value = value;
        }
    }

    /// <summary>Whether its handler is at work, and has not been asked to stop.</summary>
    public bool IsAtWork => _cell.IsRunning(_run);

    /// <summary>Cancelled when the task is asked to stop, or has ended.</summary>
    public CancellationToken Token => _cell.TokenFor(_run);

    /// <summary>Why the tasks that it has handed in have to stop; null while they need not.</summary>
    public OutcomeDetail? StopReason => _cell.StopReasonFor(_run);

    /// <summary>When the task will be asked to stop.</summary>
    /// <param name="clock">The clock of the one that asks.</param>
    /// <returns>A timestamp of that clock; 0 for never, or when the task has ended.</returns>
    public long DueBy(Clock clock) => _cell.DueFor(_run, clock);
}
