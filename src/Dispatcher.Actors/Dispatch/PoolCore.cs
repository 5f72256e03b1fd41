using System.Diagnostics;
using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Workers;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// A pool without its actors: door, intake, waiting line, idle workers, counts. Everything that submitters and workers share, lock-free; the
/// actors move it by their turns. Knows nothing of Akka, so that a simulation can drive it step by step.
/// </summary>
internal sealed partial class PoolCore
{
    private readonly Intake? _line;
    private readonly FullPolicy _fullPolicy;
    private volatile PoolPhase _phase = PoolPhase.Starting;
    private volatile IPoolSignals _signals = NoSignals.Instance;
    private long _nextSweep = long.MaxValue;
    private int _mayWait;
    private long _fromLine;
    private long _unused;
    private long _refused;

    /// <summary>Makes the core of a pool.</summary>
    /// <param name="settings">The pool's settings, validated.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="services">What handlers may ask for; null for none.</param>
    /// <param name="logger">Where the pool logs.</param>
    public PoolCore(PoolSettings settings, TimeProvider time, IServiceProvider? services, ILogger logger)
    {
        Settings = settings;
        Services = services;
        Log = logger;
        Clock = new Clock(time);
        CallerLimitTicks = (long)((settings.CallersInTurn?.TotalSeconds ?? 0) * Stopwatch.Frequency);
        GraceTicks = Clock.Ticks(settings.Grace);
        QueueBudgetTicks = settings.QueueBudget is { } budget ? Clock.Ticks(budget) : 0;
        _fullPolicy = settings.FullPolicy;
        Intake = new Intake(settings.QueueCapacity, CellState.Queued, CellState.Running);
        _line = settings.FullPolicy == FullPolicy.Wait ? new Intake(settings.MaxWaiting, CellState.Waiting, CellState.Queued) : null;
        IgnoredToken = $"its handler did not stop within {settings.Grace} of being asked to";
        QueueFull = new Rejected(RejectReason.QueueFull, settings.RetryAfter);
        Shed = new Rejected(RejectReason.Shed, settings.RetryAfter);
        _desired = settings.WorkersMin;
        Slots = new WorkerSlots(this, settings.WorkersMax + settings.Replacements);
    }

    /// <summary>The pool's settings.</summary>
    public PoolSettings Settings { get; }

    /// <summary>What handlers may ask for; null for none.</summary>
    public IServiceProvider? Services { get; }

    /// <summary>Where the pool logs.</summary>
    public ILogger Log { get; }

    /// <summary>The types of task that have a handler here.</summary>
    public RouteTable Routes { get; } = new();

    /// <summary>The pool's time.</summary>
    public Clock Clock { get; }

    /// <summary>Up to how long callers may go on in a worker's turn, in units of the real clock; 0 for never.</summary>
    public long CallerLimitTicks { get; }

    /// <summary>How long a handler may go on after it was asked to stop, in timestamp units.</summary>
    public long GraceTicks { get; }

    /// <summary>How long a task may wait unless it says otherwise, in timestamp units; 0 for ever.</summary>
    public long QueueBudgetTicks { get; }

    /// <summary>The queue.</summary>
    public Intake Intake { get; }

    /// <summary>The workers.</summary>
    public WorkerSlots Slots { get; }

    /// <summary>Outcomes other than Completed.</summary>
    public OutcomeCounters Counters { get; } = new();

    /// <summary>How far the pool is in its life.</summary>
    public PoolPhase Phase => _phase;

    /// <summary>When the next sweep is due, a timestamp; <see cref="long.MaxValue"/> for never.</summary>
    public long NextSweep => Volatile.Read(ref _nextSweep);

    /// <summary>Why a task was abandoned whose handler went on.</summary>
    public string IgnoredToken { get; }

    /// <summary>Refusal by a full queue.</summary>
    public Rejected QueueFull { get; }

    /// <summary>The outcome of one that made room for a more urgent task.</summary>
    public Rejected Shed { get; }

    /// <summary>Asks for a place, in the submitter's turn. Never waits.</summary>
    /// <param name="priority">The task's class.</param>
    /// <param name="mayWait">Whether the task may go into the waiting line, where there is one.</param>
    /// <param name="place">Queued when the task has a place in the intake, Waiting when it has one in the waiting line.</param>
    /// <returns>Null, or why not. A refusal is counted.</returns>
    public OutcomeDetail? Admit(TaskPriority priority, bool mayWait, out CellState place)
    {
        place = CellState.Queued;
        if (_phase > PoolPhase.Running)
            return Refuse(_phase == PoolPhase.Draining ? OutcomeDetails.Draining : OutcomeDetails.Stopped);
        // Those who wait already come first.
        if (Volatile.Read(ref _mayWait) == 0 && Intake.TryReserve())
            return null;
        return AdmitToFull(priority, mayWait, ref place);
    }

    /// <summary>Counts a task that ends at the door.</summary>
    /// <param name="detail">Its outcome.</param>
    /// <returns>The outcome.</returns>
    public OutcomeDetail Refuse(OutcomeDetail detail)
    {
        Interlocked.Increment(ref _refused);
        Counters.Count(detail);
        return detail;
    }

    /// <summary>Puts an admitted task into its place. The cell may be somebody else's when this returns.</summary>
    /// <param name="cell">The task.</param>
    /// <param name="place">Where it was admitted to.</param>
    public void Enter(TaskCell cell, CellState place)
    {
        long due = cell.DueAt;
        if (place == CellState.Queued)
        {
            Intake.Enqueue(cell);
        }
        else
        {
            _line!.Enqueue(cell);
            // Race: the last place was given back before anybody could see that we wait. So be seen first, then look for a place.
            Interlocked.Exchange(ref _mayWait, 1);
            AdmitWaiting();
        }

        // Announced only now: a sweep that came before the task could be seen would have missed it.
        if (due != 0)
            Announce(due);
        WakeForWork();
        // Race: the pool stopped between our look at the door and now, and has emptied the queue already.
        if (_phase == PoolPhase.Stopped)
            RejectLeftovers();
    }

    /// <summary>A task has left the queue without being taken: its place is free at once.</summary>
    /// <param name="priority">Its class.</param>
    /// <param name="from">Where it was.</param>
    public void OnLeftQueue(TaskPriority priority, CellState from)
    {
        bool swept = from == CellState.Queued ? Intake.Withdraw(priority) : _line!.Withdraw(priority);
        OnPlaceFree();
        if (!swept)
            return;
        Announce(Clock.Now);
        WakeForWork();
    }

    /// <summary>A place in the intake has become free.</summary>
    public void OnPlaceFree()
    {
        if (Volatile.Read(ref _mayWait) != 0)
            AdmitWaiting();
    }

    /// <summary>Makes sure that a sweep happens no later than a given time.</summary>
    /// <param name="due">The time, a timestamp.</param>
    public void Announce(long due)
    {
        long seen;
        while (due < (seen = Volatile.Read(ref _nextSweep)))
        {
            if (Interlocked.CompareExchange(ref _nextSweep, due, seen) == seen)
            {
                _signals.ArmSweep();
                return;
            }
        }
    }

    /// <summary>Looks after the time of every task: those in the queue, in the line, in a handler.</summary>
    public void Sweep()
    {
        // First, so that what is announced during the sweep counts.
        Interlocked.Exchange(ref _nextSweep, long.MaxValue);
        long now = Clock.Now;
        long next = Math.Min(Intake.Sweep(this, now), Slots.Sweep(now));
        if (_line != null)
            next = Math.Min(next, _line.Sweep(this, now));
        Announce(next);
    }

    /// <summary>A task was given up although its handler may still be at work.</summary>
    /// <param name="cell">The task.</param>
    public void OnAbandoned(TaskCell cell)
    {
        cell.Slot?.OnAbandoned(cell);
        _signals.Review();
    }

    /// <summary>The pool at this moment.</summary>
    public PoolSnapshot Snapshot()
    {
        // Outcomes first, then what is in the pool, then what came in: a task that moves meanwhile is rather seen too early than lost.
        long completed = Slots.Completed;
        Dictionary<RejectReason, long> reasons = [];
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            if (Counters.Of(reason) is > 0 and long count)
                reasons.Add(reason, count);
        }

        (int Idle, int Busy, int Draining) workers = Slots.CountByState();
        return new PoolSnapshot
        {
            Name = Settings.Name,
            Phase = _phase,
            Completed = completed,
            Failed = Counters.Of(OutcomeKind.Failed),
            Rejected = Counters.Of(OutcomeKind.Rejected),
            RejectedBy = reasons,
            Expired = Counters.Of(OutcomeKind.Expired),
            Cancelled = Counters.Of(OutcomeKind.Cancelled),
            Abandoned = Counters.Of(OutcomeKind.Abandoned),
            WorkersIdle = workers.Idle,
            WorkersBusy = workers.Busy,
            WorkersDraining = workers.Draining,
            Running = Slots.Running,
            Queued = Intake.Depth,
            Waiting = _line?.Depth ?? 0,
            Submitted = Submitted,
        };
    }

    // What counts twice is read first: a task that moves on meanwhile counts too often rather than not at all.
    private long Submitted
    {
        get
        {
            long twice = Volatile.Read(ref _unused) + Volatile.Read(ref _fromLine);
            return Intake.Reserved + (_line?.Reserved ?? 0) + Volatile.Read(ref _refused) - twice;
        }
    }

    private OutcomeDetail? AdmitToFull(TaskPriority priority, bool mayWait, ref CellState place)
    {
        switch (_fullPolicy)
        {
            case FullPolicy.Wait when mayWait && _line!.TryReserve():
                place = CellState.Waiting;
                return null;
            case FullPolicy.DropOldest when Intake.TryShedBelow(priority, Shed):
                return null;
            default:
                return Refuse(QueueFull);
        }
    }

    // Moves tasks from the waiting line into free places. Any thread that frees a place does it, and any that joins the line.
    private void AdmitWaiting()
    {
        do
        {
            while (_line!.HasItem && Intake.TryReserve())
                AdmitOne();
            if (_line.IsClaimed)
                return;
            Interlocked.Exchange(ref _mayWait, 0);
            // Race: one joins the line between our look and our mark. Look again after the mark.
        }
        while (_line.IsClaimed && Interlocked.Exchange(ref _mayWait, 1) == 0);
    }

    private void AdmitOne()
    {
        if (!_line!.TryTake(0, Clock, out TaskCell? cell))
        {
            // Another thread took it, or it was a tombstone. Race: one that joins the line at this moment found no place because we held it. We
            // give it back and then look once more; the other one joins first and then looks for a place.
            Interlocked.Increment(ref _unused);
            Intake.Return();
            return;
        }

        Interlocked.Increment(ref _fromLine);
        long due = cell.DueAt;
        cell.NotifyAccepted();
        Intake.Enqueue(cell);
        if (due != 0)
            Announce(due);
        WakeForWork();
    }
}
