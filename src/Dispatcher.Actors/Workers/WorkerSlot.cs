using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Dispatch;

namespace Dispatcher.Actors.Workers;

/// <summary>
/// A worker without its actor: state, handlers, tasks in flight, counts. Outlives the actor's restarts, so that a failure loses none of them. Its
/// turns come one at a time, from its actor or a simulation; landings come from any thread.
/// </summary>
internal sealed partial class WorkerSlot
{
    private const int RoundsUntilMissed = 10;

    private readonly PoolCore _core;
    private readonly TaskLine _line;
    private WorkerStateMachine _state;
    private HandlerSet? _handlers;
    private TaskRoute? _lastRoute;
    private object? _lastHandler;
    private TaskCell? _current;
    private Flights? _flights;
    private IWorkerSignal? _signal;
    private uint _look;
    private int _parked;
    private volatile bool _drain;
    private volatile bool _isWarm;
    private bool _markedIdle;
    private long _started;
    private long _completed;
    private int _lends;
    private int _lendsSeen;
    private int _roundsHeld;

    [ThreadStatic]
    private static WorkerSlot? t_turn;

    /// <summary>Makes a place for a worker.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="index">The worker's number.</param>
    public WorkerSlot(PoolCore core, int index)
    {
        _core = core;
        Index = index;
        _line = core.Bound?.Add(this) ?? core.Shared;
    }

    /// <summary>The worker's number, for the set of idle ones.</summary>
    public int Index { get; }

    /// <summary>Where its tasks come from: its own line, or that of all.</summary>
    public TaskLine Line => _line;

    /// <summary>What the worker does.</summary>
    public WorkerState State => _state.State;

    /// <summary>How many moves of its state machine were refused.</summary>
    public int RefusedMoves => _state.Refused;

    /// <summary>Whether it has an actor.</summary>
    public bool IsManned => Signal != null;

    /// <summary>How to reach its actor; null when it has none.</summary>
    public IWorkerSignal? Signal => Volatile.Read(ref _signal);

    /// <summary>Whether its actor has all of its handlers.</summary>
    public bool IsWarm => _isWarm;

    /// <summary>The worker in whose turn this thread is, if a caller has the turn just now; else null.</summary>
    public static WorkerSlot? Lending => t_turn is { IsLending: true } slot ? slot : null;

    /// <summary>Whether a caller has the turn.</summary>
    public bool IsLending => (Volatile.Read(ref _lends) & 1) != 0;

    /// <summary>Whether a caller did not give the turn back between two looks; others should see to its tasks.</summary>
    public bool IsHeld => Volatile.Read(ref _roundsHeld) > 0;

    /// <summary>Whether a caller has had the turn for so long that the worker is missed. A thread that only lost its processor for a moment comes back sooner.</summary>
    public bool IsMissed => _roundsHeld >= RoundsUntilMissed;

    /// <summary>Whether it was asked to finish and stop.</summary>
    public bool IsDrainRequested => _drain;

    /// <summary>Whether it sees to its line: it is warm, was not asked to stop, does not rest, and neither a caller nor a handler that is stuck holds it up.</summary>
    public bool IsServing => _isWarm && !_drain && !IsHeld && _rest is not { IsOn: true } && !(_core.AnyAbsent && IsHeldUpByAbsent);

    /// <summary>How many tasks it has, waiting or running; where the line is its own.</summary>
    public int Load => _line.Queue.Claimed + Running;

    /// <summary>The services of its handlers.</summary>
    public IServiceProvider? Services => _handlers?.Services;

    /// <summary>Tasks that were taken here, each try once.</summary>
    public long Started => Volatile.Read(ref _started);

    /// <summary>Tasks whose handler returned here.</summary>
    public long Completed => Volatile.Read(ref _completed) + (_flights?.Completed ?? 0);

    /// <summary>Tasks in their handler here.</summary>
    public int Running =>
        (Volatile.Read(ref _current) is { State: CellState.Running } cell && cell.Slot == this ? 1 : 0) + ((_core.AnyAbsent ? _flights?.Running : _flights?.Count) ?? 0);

    /// <summary>An actor takes the place.</summary>
    /// <param name="signal">How to reach it.</param>
    public void Man(IWorkerSignal signal)
    {
        _drain = false;
        _fault = null;
        Volatile.Write(ref _signal, signal);
    }

    /// <summary>Makes its handlers before the first task comes, so that it does not pay for them. Before the actor's first turn.</summary>
    public void WarmUp()
    {
        if (_core.Routes.AnyOwn)
            (_handlers ??= new HandlerSet(_core)).MakeAll();
        _isWarm = true;
        // Before it counts: when the pool opens, tasks are spread over all of its first workers.
        _core.Bound?.OnChanged(this);
        _core.Slots.CountWarm(1);
    }

    /// <summary>The actor starts anew after a failure: fresh handlers.</summary>
    public void Renew()
    {
        HandlerSet? old = _handlers;
        _handlers = null;
        Forget();
        old?.Release();
    }

    /// <summary>The actor has stopped. A wake-up that was on its way to it goes on to another one.</summary>
    public void Leave()
    {
        Volatile.Write(ref _signal, null);
        if (_isWarm)
            _core.Slots.CountWarm(-1);
        _isWarm = false;
        if (_markedIdle && !_core.Idle.TryRemove(Index))
            _core.OnWakeLost();
        _markedIdle = false;
        if (State != WorkerState.Idle)
            _state.TryMove(WorkerState.Idle);
        _handlers?.Release();
        _handlers = null;
        Forget();
        PassOn();
    }

    /// <summary>Asks the worker to finish what it has and to stop.</summary>
    public void RequestDrain()
    {
        _drain = true;
        _core.Bound?.OnChanged(this);
        Volatile.Read(ref _signal)?.Raise();
    }

    /// <summary>Whether it belongs to a pool.</summary>
    /// <param name="core">The pool.</param>
    public bool IsOf(PoolCore core) => ReferenceEquals(core, _core);

    /// <summary>A turn: takes tasks and runs them, until there is none, or enough for once.</summary>
    /// <returns>How it ended.</returns>
    public TurnEnd RunTurn()
    {
        t_turn = this;
        TurnEnd end = RunTasks();
        t_turn = null;
        if (end != TurnEnd.Yield)
            _onThreadSince = 0;
        return end;
    }

    /// <summary>Lets a caller go on inside this turn. Its cell is not ours when it comes back.</summary>
    /// <param name="cell">The cell that the caller awaits.</param>
    public void Lend(TaskCell cell)
    {
        // First the mark, then a look whether the watch is on. Both without a fence: the watch has one for both sides when it goes off.
        Volatile.Write(ref _lends, _lends + 1);
        _core.EnsureWatch();
        cell.Execute();
        Volatile.Write(ref _lends, _lends + 1);
    }

    /// <summary>Looks whether a caller has had the turn since the last look.</summary>
    /// <returns>Whether the turn was lent since then, and whether <see cref="IsMissed"/> has changed.</returns>
    public (bool Lent, bool Changed) Watch()
    {
        bool wasMissed = IsMissed;
        int lends = Volatile.Read(ref _lends);
        bool lent = (lends & 1) != 0 || lends != _lendsSeen;
        bool wasHeld = IsHeld;
        Volatile.Write(ref _roundsHeld, (lends & 1) != 0 && lends == _lendsSeen ? _roundsHeld + 1 : 0);
        _lendsSeen = lends;
        if (IsHeld != wasHeld)
            _core.Bound?.OnChanged(this);
        return (lent, IsMissed != wasMissed);
    }

    /// <summary>Looks after the time of its tasks, and of its own rest.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look.</returns>
    public long Sweep(long now)
    {
        long next = _rest?.Until ?? long.MaxValue;
        if (next <= now)
        {
            next = long.MaxValue;
            Volatile.Read(ref _signal)?.Raise();
        }

        next = Math.Min(next, Volatile.Read(ref _current)?.Sweep(_core, now) ?? long.MaxValue);
        return Math.Min(next, _flights?.Sweep(_core, now) ?? long.MaxValue);
    }

    /// <summary>Does something with each of its tasks.</summary>
    /// <param name="visit">What to do; the task may have ended, and its cell may serve another pool.</param>
    public void ForEachRunning(Action<TaskCell> visit)
    {
        if (Volatile.Read(ref _current) is { } current)
            visit(current);
        _flights?.ForEach(visit);
    }

    internal object HandlerFor(TaskRoute route)
    {
        // Most workers run the same type many times.
        if (ReferenceEquals(route, _lastRoute))
            return _lastHandler!;
        _handlers ??= new HandlerSet(_core);
        _lastHandler = _handlers.For(route);
        _lastRoute = route;
        return _lastHandler;
    }

    // The turn is the only writer; readers may be a moment behind.
    internal void CountCompleted() => Volatile.Write(ref _completed, _completed + 1);

    internal void CountCompletedInFlight() => _flights!.CountCompleted();

    internal void TakeOff(TaskCell cell)
    {
        _flights ??= new Flights(_core.Settings.Concurrency);
        _flights.Add(cell, _handlers!);
        Volatile.Write(ref _current, null);
        // Race: its task was given up before it could be found among those in flight. The turn is free now: a worker that came in its stead may go.
        if (cell.Absence is HandlerAbsence.Kept or HandlerAbsence.Replaced)
        {
            OnAbsent(cell);
            _core.OnWorkersChanged();
        }
    }

    /// <summary>A task in flight has ended, and its cell is no longer ours.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="index">Its place.</param>
    /// <param name="fault">What it threw; null unless its worker has to fail.</param>
    internal void Land(TaskCell cell, int index, Exception? fault)
    {
        if (!_flights!.TryRemove(cell, index, out HandlerSet? handlers))
            return;
        // A late failure of handlers that were replaced already is no reason to replace their successors.
        bool isOwn = ReferenceEquals(handlers, _handlers);
        handlers!.Release();
        if (fault != null && isOwn)
        {
            NoteFault(fault);
            Volatile.Read(ref _signal)?.Raise();
        }
        else
        {
            RaiseIfParked();
        }
    }

    private void Forget()
    {
        _lastRoute = null;
        _lastHandler = null;
    }

    private void RaiseIfParked()
    {
        if (Volatile.Read(ref _parked) == 1 && Interlocked.CompareExchange(ref _parked, 0, 1) == 1)
            Volatile.Read(ref _signal)?.Raise();
    }

    private bool TryTake([NotNullWhen(true)] out TaskCell? cell)
    {
        uint look = _look++;
        return _core.Bound is { } bound ? bound.TryTake(_line, look, out cell) : _line.TryTake(look, out cell);
    }

    private bool MayHaveWork => _line.IsClaimed || _core.Bound is { AnyOrphans: true };

    // A turn that nobody took us out of the idle set for: a landing, a drain. If somebody does so right now, his wake-up finds us awake.
    private void Rise()
    {
        _markedIdle = false;
        if (_core.Idle.Contains(Index))
            _core.Idle.TryRemove(Index);
    }

    // Race: a task comes between our last look and our mark. So look once more after the mark, also for one that is still being written; if
    // another one has taken the mark already, his wake-up is on its way to us.
    private bool TryGoIdle()
    {
        _core.Gate?.OnEmpty();
        if (_flights is null or { Count: 0 })
            _state.TryMove(WorkerState.Idle);
        _markedIdle = true;
        _core.Idle.Add(Index);
        if (!MayHaveWork || !_core.Idle.TryRemove(Index))
            return true;
        _markedIdle = false;
        if (State == WorkerState.Idle)
            _state.TryMove(WorkerState.Busy);
        return false;
    }

    // Race: a task lands between our look and our mark. So look once more after the mark; if the one that landed has taken the mark, it raises us.
    private bool TryUnpark()
    {
        Interlocked.Exchange(ref _parked, 1);
        return _flights!.HasRoom && Interlocked.CompareExchange(ref _parked, 0, 1) == 1;
    }

    // This worker takes no more, for now or for good. It may have had the only eye on the queue: a wake-up that came to it was meant for a task that it leaves
    // there, which may be in anybody's line, and those who came after left the waking to that one.
    private void PassOn()
    {
        _core.Bound?.OnChanged(this);
        _core.WakeForMore();
    }

    private TurnEnd Drain()
    {
        PassOn();
        if (State == WorkerState.Busy)
            _state.TryMove(WorkerState.Draining);
        while (_flights is { Count: > 0 })
        {
            Interlocked.Exchange(ref _parked, 1);
            if (_flights.Count > 0 || Interlocked.CompareExchange(ref _parked, 0, 1) == 0)
                return TurnEnd.Parked;
        }

        if (State == WorkerState.Draining)
            _state.TryMove(WorkerState.Idle);
        return TurnEnd.Drained;
    }
}
