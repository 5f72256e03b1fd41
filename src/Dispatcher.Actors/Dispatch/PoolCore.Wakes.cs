using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Dispatch;

/// <content>Who wakes whom. The rule: a task in the queue is seen by a worker that is awake, or an idle worker is on its way to it.</content>
internal sealed partial class PoolCore
{
    private PaddedCounter _wakeUnderWay;

    /// <summary>The idle workers.</summary>
    public IndexMask Idle => Slots.Idle;

    /// <summary>
    /// Called after a task has become visible: wakes an idle worker, unless a wake-up is under way already. One at a time is enough: the one
    /// that wakes looks at the queue after it has cleared the mark, so it sees what came before, and wakes the next one if there is more than one task.
    /// </summary>
    public void WakeForWork()
    {
        // The task must be visible before we look for idle workers, as a worker is visible as idle before it looks for tasks once more.
        // One of the two sees the other.
        Interlocked.MemoryBarrier();
        if (Idle.Any && Volatile.Read(ref _wakeUnderWay.Value) == 0)
            SendWake();
    }

    /// <summary>Called by a worker that has taken a task and is about to run it: somebody else may have to take the next one.</summary>
    public void WakeForMore()
    {
        if (Idle.Any && Intake.HasItem && Volatile.Read(ref _wakeUnderWay.Value) == 0)
            SendWake();
    }

    /// <summary>Called at the start of every turn: the wake-up has arrived, before the worker looks at the queue.</summary>
    public void OnWakeArrived()
    {
        if (Volatile.Read(ref _wakeUnderWay.Value) != 0)
            Interlocked.Exchange(ref _wakeUnderWay.Value, 0);
    }

    /// <summary>
    /// A wake-up found no idle worker, or one that is about to stop. Race: while it was under way others left the waking to it. So take the mark
    /// away and look again, as one that has just put a task in.
    /// </summary>
    public void OnWakeLost()
    {
        Interlocked.Exchange(ref _wakeUnderWay.Value, 0);
        if (Idle.Any && Intake.HasItem)
            SendWake();
    }

    /// <summary>Chooses the worker for a wake-up, for the router.</summary>
    /// <param name="index">The worker.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTakeIdle(out int index) => Idle.TryTake(out index);

    private void SendWake()
    {
        if (Interlocked.Exchange(ref _wakeUnderWay.Value, 1) == 0)
            _signals.RouteWake();
    }
}
