namespace Dispatcher.Actors.Dispatch;

/// <content>Start and stop.</content>
internal sealed partial class PoolCore
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the pool is no longer starting.</summary>
    public Task Opened => _opened.Task;

    /// <summary>
    /// Connects the actors. Race: the first workers may have come, worked and gone idle already, and a submitter that wanted to wake one has told
    /// nobody. Either it sees the signals, or we see its mark and look at the queue in its place.
    /// </summary>
    /// <param name="signals">How to reach them.</param>
    public void Connect(IPoolSignals signals)
    {
        _signals = signals;
        OnWakeLost();
        Bound?.ForEach(static line => line.RaiseWorker());
        // One of them may have lent its turn as well.
        if (Volatile.Read(ref _isWatched) != 0)
            signals.StartWatch();
    }

    /// <summary>Whether the pool is still starting although the minimum of workers is there, with their handlers.</summary>
    public bool MayOpen => _phase == PoolPhase.Starting && Slots.Warm >= Settings.WorkersMin;

    /// <summary>The minimum of workers is there, with their handlers.</summary>
    public void Open()
    {
        if (_phase == PoolPhase.Starting)
            _phase = PoolPhase.Running;
        _opened.TrySetResult();
    }

    /// <summary>First phase of a stop: refuse what is new. What waits in the line, or for its moment at a rate limit, is new too: it never had a place.</summary>
    public void BeginDrain()
    {
        if (_phase >= PoolPhase.Draining)
            return;
        _phase = PoolPhase.Draining;
        Pace.End(OutcomeDetails.Draining);
        Keys.EndParked(this, CellState.ParkedWaiting, OutcomeDetails.Draining);
        ForEachLine(static line => line.EndWaiting(OutcomeDetails.Draining));
        _signals.Review();
    }

    /// <summary>Last phase of a stop: whatever has not started never will.</summary>
    public void Close()
    {
        _phase = PoolPhase.Stopped;
        _opened.TrySetResult();
        _signals = NoSignals.Instance;
        // Race: a submitter passed the door before. Either it sees the phase after it has put its task in, or we see its task here.
        Interlocked.MemoryBarrier();
        Pace.End(OutcomeDetails.Stopped);
        RejectLeftovers();
    }

    /// <summary>A worker's actor has gone, or one too many has come.</summary>
    public void OnWorkersChanged() => _signals.Review();

    /// <summary>Asks every running handler to stop.</summary>
    /// <param name="reason">The outcome of those who do.</param>
    public void StopRunning(OutcomeDetail reason) => Slots.ForEachRunning(cell => cell.RequestStop(this, reason));

    /// <summary>Gives up every running task.</summary>
    /// <param name="why">The reason.</param>
    /// <returns>Their names.</returns>
    public IReadOnlyList<string> AbandonRunning(string why)
    {
        List<string> names = [];
        Slots.ForEachRunning(cell =>
        {
            // An abandoned cell is never used anew, so it still says what it was.
            if (cell.TryAbandon(this, why))
                names.Add($"{cell.Route.TaskType.Name} {new TaskId(cell.Id)}");
        });
        return names;
    }

    /// <summary>
    /// Whether nothing is left to do: all that came in has ended. By the counts and not by the places, since a task on its way from the queue to a worker
    /// is in neither. Outcomes first: what ends or comes in meanwhile makes it look busier than it is.
    /// </summary>
    public bool IsQuiet => Slots.Completed + Counters.Total is var ended && ended == Submitted;

    // The rule for retries: one runs if its time comes before the drain's is over; else the task has failed with what it failed with last.
    private void RejectLeftovers()
    {
        // The parked ones first: the end of one that they wait for would bring each of them here again.
        Keys.EndParked(this, CellState.ParkedWaiting, OutcomeDetails.Stopped);
        Keys.EndParked(this, CellState.Parked, OutcomeDetails.Stopped);
        ForEachLine(static line =>
        {
            line.EndWaiting(OutcomeDetails.Stopped);
            line.Queue.EndAll(OutcomeDetails.Stopped);
        });
        Volatile.Read(ref _delayed)?.EndAll();
    }
}
