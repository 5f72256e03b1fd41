using System.Diagnostics;
using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Keys;
using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Configuration;
using Dispatcher.Actors.Dispatch.Once;
using Dispatcher.Actors.Routing.Balancing;
using Dispatcher.Actors.Telemetry;
using Dispatcher.Actors.Workers;
using Dispatcher.Actors.Workers.Failures;
using Microsoft.Extensions.Logging;

namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// A pool without its actors, or one class of its workers where it has several: door, lines of tasks, idle workers, counts. Everything that submitters and workers share, lock-free; the
/// actors move it by their turns. Knows nothing of Akka, so that a simulation can drive it step by step.
/// </summary>
internal sealed partial class PoolCore
{
    private volatile PoolPhase _phase = PoolPhase.Starting;
    private volatile IPoolSignals _signals = NoSignals.Instance;
    private long _nextSweep = long.MaxValue;
    private long _refused;
    private readonly bool _isFirst;

    /// <summary>Makes the core of a pool.</summary>
    /// <param name="settings">The pool's settings, validated.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="services">What handlers may ask for; null for none.</param>
    /// <param name="logger">Where the pool logs.</param>
    /// <param name="first">The default class of workers of its pool, with which it shares the order of keys and the tasks of idempotency keys; null for that itself.</param>
    /// <param name="seed">Of what the pool does by chance.</param>
    public PoolCore(PoolSettings settings, TimeProvider time, IServiceProvider? services, ILogger logger, PoolCore? first = null, long seed = 0)
    {
        Settings = settings;
        Services = services;
        Log = logger;
        Clock = new Clock(time);
        Timings = new TaskTimings(time.TimestampFrequency);
        Sampler = Timings.Sampler;
        TaskLog = new TaskLog(settings.Name, logger, Clock);
        CallerLimitTicks = (long)((settings.CallersInTurn?.TotalSeconds ?? 0) * Stopwatch.Frequency);
        TurnTicks = settings.TimePerTurn is { } turn ? Clock.Ticks(turn) : 0;
        GraceTicks = Clock.Ticks(settings.Grace);
        IgnoredToken = $"its handler did not stop within {settings.Grace} of being asked to";
        Shed = new Rejected(RejectReason.Shed, settings.RetryAfter);
        Once = first?.Once ?? new OnceTable(settings.Idempotency, Clock);
        _isFirst = first == null;
        Keys = first?.Keys ?? new KeyOrder(settings.TasksPerKey, Clock);
        _desired = settings.WorkersMin;
        int places = settings.WorkersMax + settings.Replacements;
        Gate = settings.Admission.IsOff
            ? null
            : new AdmissionGate(
                settings.Admission,
                settings.QueueCapacity + (settings.FullPolicy == FullPolicy.Wait ? settings.MaxWaiting : 0),
                Clock,
                new SharedRandom(seed: 1),
                OnBreakerChanged,
                (before, decision) => Log.LimitChanged(settings.Name, before, decision.Limit, decision.Reason.ToString()));
        Shared = new TaskLine(this, settings.QueueCapacity, new Rejected(RejectReason.QueueFull, settings.RetryAfter), null, Gate?.Shares);
        Bound = settings.Routing == RoutingPolicy.CreditPull ? null : new BoundLines(this, places, Shared);
        Decisions = new DecisionLog<ScalingDecided>(settings.DecisionsKept);
        Slots = new WorkerSlots(this, places);
        Supervision = new SupervisionPolicy(settings.Supervision);
        _random = new SharedRandom(seed);
        _retryBudget = new RetryBudget(
            settings.RetryLimits.BudgetPercent, settings.RetryLimits.BudgetFloor, time.TimestampFrequency, Clock.Now);
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

    /// <summary>The times of its tasks.</summary>
    public TaskTimings Timings { get; }

    /// <summary>Which tasks are timed.</summary>
    public TimingSampler Sampler { get; }

    /// <summary>What is logged about single tasks.</summary>
    public TaskLog TaskLog { get; }

    /// <summary>Up to how long callers may go on in a worker's turn, in units of the real clock; 0 for never.</summary>
    public long CallerLimitTicks { get; }

    /// <summary>For about how long a worker takes tasks before it yields its thread, in timestamp units; 0 for no limit.</summary>
    public long TurnTicks { get; }

    /// <summary>How long a handler may go on after it was asked to stop, in timestamp units.</summary>
    public long GraceTicks { get; }

    /// <summary>What may keep tasks out beside a full queue; null where nothing does.</summary>
    public AdmissionGate? Gate { get; }

    /// <summary>The line that all workers take from; where each has its own, the line of tasks that come while there is no worker.</summary>
    public TaskLine Shared { get; }

    /// <summary>The lines of the workers; null where they take from one.</summary>
    public BoundLines? Bound { get; }

    /// <summary>The workers.</summary>
    public WorkerSlots Slots { get; }

    /// <summary>The tasks that have an idempotency key.</summary>
    public OnceTable Once { get; }

    /// <summary>Submissions that were no tasks of their own; counted once for all classes.</summary>
    public long Joined => _isFirst ? Once.Joined : 0;

    /// <summary>Outcomes other than Completed.</summary>
    public OutcomeCounters Counters { get; } = new();

    /// <summary>How far the pool is in its life.</summary>
    public PoolPhase Phase => _phase;

    /// <summary>When the next sweep is due, a timestamp; <see cref="long.MaxValue"/> for never.</summary>
    public long NextSweep => Volatile.Read(ref _nextSweep);

    /// <summary>Why a task was abandoned whose handler went on.</summary>
    public string IgnoredToken { get; }

    /// <summary>The outcome of one that made room for a more urgent task.</summary>
    public Rejected Shed { get; }

    /// <summary>Asks for a place, in the submitter's turn. Never waits.</summary>
    /// <param name="priority">The task's class.</param>
    /// <param name="key">The task's key; null for none.</param>
    /// <param name="mayWait">Whether the task may wait for a place, where the pool lets it.</param>
    /// <param name="line">The line that the task comes into.</param>
    /// <param name="place">Queued when the task has a place there, Waiting when it may wait for one.</param>
    /// <returns>Null, or why not. A refusal is counted.</returns>
    public OutcomeDetail? Admit(TaskPriority priority, string? key, bool mayWait, out TaskLine line, out CellState place)
    {
        line = Bound == null ? Shared : Bound.Choose(key);
        place = CellState.Queued;
        if (_phase > PoolPhase.Running)
            return Refuse(_phase == PoolPhase.Draining ? OutcomeDetails.Draining : OutcomeDetails.Stopped);
        return line.TryAdmit(priority, mayWait, out place) ? null : Refuse(line.Full);
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
    /// <param name="cell">The task, with the line that it was admitted to.</param>
    /// <param name="place">Where in the line.</param>
    public void Enter(TaskCell cell, CellState place)
    {
        if (cell.Extras is { Link: { } link })
            EnterKeyed(cell, link, place);
        else
            EnterLine(cell, place);
    }

    /// <summary>Puts a task into its line, when its key has no objection.</summary>
    /// <param name="cell">The task, with its line.</param>
    /// <param name="place">Where in the line.</param>
    public void EnterLine(TaskCell cell, CellState place)
    {
        long due = cell.DueAt;
        long timed = place == CellState.Queued ? cell.EnteredAt : 0;
        TaskLine line = cell.Line;
        line.Enter(cell, place);
        // Announced only now: a sweep that came before the task could be seen would have missed it.
        if (due != 0)
            Announce(due);
        WakeForWork(line);
        if (timed != 0)
            Timings.OnSent(timed, Clock.Now);
        // Race: the pool stopped between our look at the door and now, and has emptied the queue already.
        if (_phase == PoolPhase.Stopped)
            RejectLeftovers();
    }

    /// <summary>A task was ended where it waited, without being taken: its place is free at once.</summary>
    /// <param name="cell">The task; nobody else uses its cell until it has its outcome.</param>
    /// <param name="from">Where it was.</param>
    public void OnLeftQueue(TaskCell cell, CellState from)
    {
        if (from == CellState.Delayed)
        {
            Delayed.TryRemove(cell.Extras!.DelayedIndex, cell);
            return;
        }

        TaskLine line = cell.Line;
        if (!line.Withdraw(cell.Priority, from))
            return;
        Announce(Clock.Now);
        WakeForWork(line);
    }

    /// <summary>
    /// Makes sure that a sweep happens no later than a given time. Race: a sweep forgets what was announced and then looks at the tasks, while the caller
    /// has just put one where it can be seen. A full fence on either side: the sweep meets the task, or we meet a time that was forgotten.
    /// </summary>
    /// <param name="due">The time, a timestamp.</param>
    public void Announce(long due)
    {
        Interlocked.MemoryBarrier();
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
        long next = Math.Min(Slots.Sweep(now), Keys.Sweep(this, now));
        next = Math.Min(next, Volatile.Read(ref _delayed)?.Sweep(this, now) ?? long.MaxValue);
        ForEachLine(line => next = Math.Min(next, line.Sweep(now)));
        Announce(next);
    }

    private void OnBreakerChanged(BreakerStateChanged change)
    {
        Log.BreakerChanged(Settings.Name, change.ToString());
        TaskLog.Alarm?.OnBreakerChanged(change);
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
        int running = Slots.Running;
        int queued = 0;
        int waiting = 0;
        ForEachLine(line =>
        {
            queued += line.Queue.Depth;
            waiting += line.Waiting;
        });
        int paced = Pace.Count;
        return new PoolSnapshot
        {
            Name = Settings.Name,
            Phase = _phase,
            Completed = completed + Counters.Of(OutcomeKind.Completed),
            FellBack = Counters.FellBack,
            Admission = Gate?.Snapshot(),
            Failed = Counters.Of(OutcomeKind.Failed),
            Rejected = Counters.Of(OutcomeKind.Rejected),
            RejectedBy = reasons,
            Expired = Counters.Of(OutcomeKind.Expired),
            Cancelled = Counters.Of(OutcomeKind.Cancelled),
            Abandoned = Counters.Of(OutcomeKind.Abandoned),
            RefusedMoves = Slots.RefusedMoves,
            WorkersIdle = workers.Idle,
            WorkersBusy = workers.Busy,
            WorkersDraining = workers.Draining,
            Running = running,
            Queued = queued,
            Waiting = waiting,
            Delayed = DelayedCount,
            Retried = Retried,
            WorkerFailures = Volatile.Read(ref _workerFailures),
            Stuck = Volatile.Read(ref _absent),
            Replaced = Replaced,
            Paced = paced,
            Submitted = Submitted,
            Joined = Joined,
        };
    }

    /// <summary>Does something with each line.</summary>
    /// <param name="visit">What to do.</param>
    public void ForEachLine(Action<TaskLine> visit)
    {
        if (Bound == null)
            visit(Shared);
        else
            Bound.ForEach(visit);
    }

    /// <summary>Adds up a figure of each line.</summary>
    /// <param name="figure">The figure.</param>
    public long SumOfLines(Func<TaskLine, long> figure) => Bound == null ? figure(Shared) : Bound.Sum(figure);
}
