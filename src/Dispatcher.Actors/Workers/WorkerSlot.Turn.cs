using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers;

/// <content>What a worker does in a turn.</content>
internal sealed partial class WorkerSlot
{
    private long _onThreadSince;

    private TurnEnd RunTasks()
    {
        // Also the fence between the end of the request for this turn and our look at the queue.
        _core.Idle.OnWakeArrived();
        if (_markedIdle)
            Rise();
        if (_fault != null)
            return TurnEnd.Faulted;
        if (_drain)
            return Drain();
        if (_rest is { IsOn: true } rest && !rest.TryEnd(_core.Clock.Now))
            return Rest();
        if (State == WorkerState.Idle)
            _state.TryMove(WorkerState.Busy);
        _parked = 0;
        bool alone = true;
        for (int taken = 1; taken <= _core.Settings.TasksPerTurn; taken++)
        {
            if (_drain)
                return Drain();
            if (_flights is { HasRoom: false } && !TryUnpark())
                return TurnEnd.Parked;
            if (!TryTake(out TaskCell? cell))
            {
                if (TryGoIdle())
                    return TurnEnd.Idle;
                continue;
            }

            if (alone)
            {
                alone = false;
                _core.WakeForMore();
            }

            Volatile.Write(ref _started, _started + 1);
            Volatile.Write(ref _current, cell);
            if (cell.DueAt != 0)
                cell.AnnounceDue();
            if (cell.Run(this) == RunEnd.Faulted)
            {
                _core.WakeForMore();
                return TurnEnd.Faulted;
            }

            if (IsTimeToLook(taken) && IsTimeOver())
                return TurnEnd.Leave;
        }

        return _core.TurnTicks == 0 || IsTimeOver() ? TurnEnd.Leave : TurnEnd.Yield;
    }

    // A look at the clock costs as much as a small task, and most turns are one task.
    private bool IsTimeToLook(int taken) => (taken & (taken - 1)) == 0 && taken > 1 && _core.TurnTicks != 0;

    // Counts from the first look since it came to its thread.
    private bool IsTimeOver()
    {
        long now = _core.Clock.Now;
        if (_onThreadSince == 0)
            _onThreadSince = now;
        return now - _onThreadSince >= _core.TurnTicks;
    }
}
