using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Workers.Failures;

namespace Dispatcher.Actors.Dispatch;

/// <content>Workers that fail.</content>
internal sealed partial class PoolCore
{
    private readonly Lock _crashing = new();
    private long _workerFailures;
    private int _crashesInRow;
    private long _completedAtCrash;

    /// <summary>What becomes of a worker that fails.</summary>
    public SupervisionPolicy Supervision { get; }

    /// <summary>A worker is about to fail.</summary>
    /// <param name="error">What with.</param>
    public void CountWorkerFailure(Exception error)
    {
        Interlocked.Increment(ref _workerFailures);
        if (error is not HandlerConstructionException)
            return;
        lock (_crashing)
        {
            long completed = Slots.Completed;
            _crashesInRow = completed == _completedAtCrash ? _crashesInRow + 1 : 1;
            _completedAtCrash = completed;
        }
    }

    /// <summary>Decides about a worker that has failed.</summary>
    /// <param name="error">What with.</param>
    public SupervisionDirective DecideFailure(Exception error) =>
        Supervision.Decide(error, error is HandlerConstructionException ? Volatile.Read(ref _crashesInRow) : 0);

    /// <summary>A worker's failure cannot be healed here: the pool ends.</summary>
    /// <param name="error">The failure.</param>
    public void GiveUp(Exception error)
    {
        Log.GivenUp(Settings.Name, error);
        TaskLog.Alarm?.OnGaveUp(error);
        Close();
    }
}
