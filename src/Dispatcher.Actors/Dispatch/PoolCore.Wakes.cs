using Dispatcher.Actors.Admission;

namespace Dispatcher.Actors.Dispatch;

/// <content>Who wakes whom. The rule: a task in the queue is seen by a worker that is awake, or an idle worker is on its way to it.</content>
internal sealed partial class PoolCore
{
    /// <summary>The idle workers.</summary>
    public IdleWorkers Idle => Slots.Idle;

    /// <summary>Called after a task has become visible: wakes an idle worker, unless a wake-up is under way already.</summary>
    public void WakeForWork()
    {
        // The task must be visible before we look for idle workers, as a worker is visible as idle before it looks for tasks once more.
        // One of the two sees the other.
        Interlocked.MemoryBarrier();
        if (Idle.MayWake)
            _signals.RouteWake();
    }

    /// <summary>Called by a worker that has taken a task and is about to run it: somebody else may have to take the next one.</summary>
    public void WakeForMore()
    {
        if (Idle.MayWake && Intake.HasItem)
            _signals.RouteWake();
    }

    /// <summary>
    /// A wake-up went to a worker that is about to stop. Race: while it was under way others left the waking to it. So take the mark away and look
    /// again, as one that has just put a task in.
    /// </summary>
    public void OnWakeLost()
    {
        Idle.OnWakeArrived();
        WakeForMore();
    }
}
