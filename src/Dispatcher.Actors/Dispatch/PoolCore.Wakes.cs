using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Dispatch;

/// <content>Who wakes whom. The rule: a task in the queue is seen by a worker that is awake, or an idle worker is on its way to it.</content>
internal sealed partial class PoolCore
{
    /// <summary>The idle workers.</summary>
    public IdleWorkers Idle => Slots.Idle;

    /// <summary>
    /// Called after a task was put in: wakes an idle worker, unless a wake-up is under way already. The task's position was taken by a full fence, and
    /// so is a worker's mark as idle, after which it looks at the positions once more: one of the two sees the other.
    /// </summary>
    /// <param name="line">Where it was put.</param>
    public void WakeForWork(TaskLine line)
    {
        if (Bound != null)
            Bound.WakeFor(line);
        else if (Idle.MayWake && !IsForItself())
            _signals.RouteWake();
    }

    /// <summary>Called by a worker that has taken a task and is about to run it: somebody else may have to take the next one.</summary>
    public void WakeForMore()
    {
        if (Idle.MayWake && (Bound?.AnyOrphans ?? Shared.IsClaimed))
            _signals.RouteWake();
    }

    /// <summary>Wakes an idle worker, if there is one and no wake-up is under way.</summary>
    public void WakeIdle()
    {
        if (Idle.MayWake)
            _signals.RouteWake();
    }

    /// <summary>Wakes a certain worker, which the caller has taken out of the idle ones.</summary>
    /// <param name="worker">Its number.</param>
    public void RouteWakeTo(int worker) => _signals.RouteWakeTo(worker);

    /// <summary>
    /// A wake-up went to a worker that is about to stop. Race: while it was under way others left the waking to it. So take the mark away and look
    /// again, as one that has just put a task in.
    /// </summary>
    public void OnWakeLost()
    {
        Idle.OnWakeArrived();
        WakeForMore();
    }

    // The submitter is a caller that goes on inside a worker's turn, and its task is the only one: this worker will take it next, before another one
    // could have woken. If the caller does not come back soon, the watch wakes one.
    private bool IsForItself() => WorkerSlot.Lending is { } slot && slot.IsOf(this) && Shared.Queue.Claimed <= 1;
}
