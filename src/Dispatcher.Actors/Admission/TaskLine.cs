using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission.Fairness;
using Dispatcher.Actors.Admission.Keys;
using Dispatcher.Actors.Dispatch;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Admission;

/// <summary>
/// A queue with its full-queue policy, and those who wait for a place in it. With credit pull a pool has one for all its workers; with any other
/// routing each worker has its own.
/// </summary>
internal sealed class TaskLine
{
    private readonly PoolCore _core;
    private readonly FullPolicy _fullPolicy;
    private readonly Intake? _waiting;
    private readonly bool _sharesWaiting;
    private IndexMask? _ready;
    private bool _isPlain;
    private int _mayWait;
    private long _fromWaiting;
    private long _unused;

    /// <summary>Makes an empty line.</summary>
    /// <param name="core">The pool.</param>
    /// <param name="capacity">How many tasks may wait for a worker.</param>
    /// <param name="full">The refusal of one more.</param>
    /// <param name="worker">Whose line it is; null when it is nobody's or everybody's.</param>
    /// <param name="shares">The tenants that share it; null where they do not.</param>
    public TaskLine(PoolCore core, int capacity, Rejected full, WorkerSlot? worker, FairShares? shares = null)
    {
        _core = core;
        _fullPolicy = core.Settings.FullPolicy;
        Queue = new Intake(capacity, CellState.Queued, CellState.Running, Share(shares, capacity + core.Settings.WorkersMax + core.Settings.Replacements, CellState.Queued), core.Gate?.NewestFirst);
        int waiting = core.Settings.MaxWaiting;
        _sharesWaiting = shares != null && _fullPolicy == FullPolicy.Wait;
        _isPlain = !_sharesWaiting;
        _waiting = _fullPolicy == FullPolicy.Wait ? new Intake(waiting, CellState.Waiting, CellState.Queued, Share(shares, waiting, CellState.Waiting)) : null;
        Full = full;
        Worker = worker;
    }

    /// <summary>The tasks that have a place.</summary>
    public Intake Queue { get; }

    /// <summary>The refusal of a task that finds no place.</summary>
    public Rejected Full { get; }

    /// <summary>Whose line it is; null when it is nobody's or everybody's.</summary>
    public WorkerSlot? Worker { get; }

    /// <summary>Whether a take may find something: a task in the queue, or one that is to run once more.</summary>
    public bool IsClaimed => Queue.IsClaimed || Volatile.Read(ref _ready) is { Any: true };

    /// <summary>How many tasks wait for a place.</summary>
    public int Waiting => _waiting?.Depth ?? 0;

    /// <summary>How many tasks came in so far. What counts twice is read first: a task that moves on meanwhile counts too often rather than not at all.</summary>
    public long Submitted
    {
        get
        {
            long twice = Volatile.Read(ref _unused) + Volatile.Read(ref _fromWaiting);
            return Queue.Reserved + (_waiting?.Reserved ?? 0) - twice;
        }
    }

    /// <summary>Asks for a place.</summary>
    /// <param name="priority">The task's class.</param>
    /// <param name="mayWait">Whether the task may wait for one, where the policy lets it.</param>
    /// <param name="place">Queued when the task has a place, Waiting when it may wait for one.</param>
    /// <returns>Whether the task may come in.</returns>
    public bool TryAdmit(TaskPriority priority, bool mayWait, out CellState place)
    {
        place = CellState.Queued;
        // Those who wait already come first.
        if (Volatile.Read(ref _mayWait) == 0 && Queue.TryReserve())
            return true;
        switch (_fullPolicy)
        {
            case FullPolicy.Wait when mayWait && _waiting!.TryReserve():
                place = CellState.Waiting;
                return true;
            case FullPolicy.DropOldest:
                return TryShedBelow(priority);
            default:
                return false;
        }
    }

    /// <summary>Puts an admitted task into its place. The cell may be somebody else's when this returns.</summary>
    /// <param name="cell">The task.</param>
    /// <param name="place">Where it was admitted to.</param>
    public void Enter(TaskCell cell, CellState place)
    {
        if (place == CellState.Queued)
        {
            Queue.Enqueue(cell);
            return;
        }

        _waiting!.Enqueue(cell);
        // Race: the last place was given back before anybody could see that we wait. So be seen first, then look for a place.
        Interlocked.Exchange(ref _mayWait, 1);
        AdmitWaiting();
    }

    /// <summary>Takes the next task, moves it to Running and gives its place back.</summary>
    /// <param name="look">The running number of the worker's look; see <see cref="PriorityOrder"/>.</param>
    /// <param name="cell">The task.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(uint look, [NotNullWhen(true)] out TaskCell? cell)
    {
        if (!_isPlain)
            return TryTakeAny(look, out cell);
        if (!Queue.TryTake(look, _core.Clock, out cell))
            return false;
        OnPlaceFree();
        return true;
    }

    /// <summary>The time of a delayed task has come. Only the sweep says so.</summary>
    /// <param name="index">Its place among the delayed.</param>
    public void AddReady(int index)
    {
        if (_ready == null)
        {
            Volatile.Write(ref _ready, new IndexMask(_core.Settings.RetryLimits.MaxDelayed));
            Volatile.Write(ref _isPlain, false);
        }

        _ready!.Add(index);
        _core.WakeForWork(this);
    }

    /// <summary>Gives its worker a turn, if that may find something in it.</summary>
    public void RaiseWorker()
    {
        if (IsClaimed)
            Worker?.Signal?.Raise();
    }

    /// <summary>A task has left without being taken: its place is free at once.</summary>
    /// <param name="priority">Its class.</param>
    /// <param name="from">Where it was.</param>
    /// <returns>Whether tasks were out of sight meanwhile; see <see cref="Intake.Withdraw"/>.</returns>
    public bool Withdraw(TaskPriority priority, CellState from)
    {
        bool swept = from switch
        {
            CellState.Queued => Queue.Withdraw(priority),
            CellState.Waiting => _waiting!.Withdraw(priority),
            CellState.Parked => Queue.Return(),
            _ => _waiting!.Return(),
        };
        OnPlaceFree();
        return swept;
    }

    /// <summary>
    /// A task with a place was parked as one that waits for a place. Race: it was admitted while an earlier task of its key began to wait. Those who
    /// wait already come first, so its place goes to others.
    /// </summary>
    /// <param name="cell">The task; anybody's.</param>
    /// <param name="id">Its id.</param>
    public void GiveWay(TaskCell cell, long id)
    {
        _waiting!.ReserveAnyway();
        Interlocked.Increment(ref _unused);
        Queue.Return();
        OnPlaceFree();
        if (_waiting.IsOverfull)
            cell.TryEndParked(_core, id, CellState.ParkedWaiting, Full);
    }

    /// <summary>Looks after the time of every task here.</summary>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>The next time to look.</returns>
    public long Sweep(long now) => Math.Min(Queue.Sweep(_core, now), _waiting?.Sweep(_core, now) ?? long.MaxValue);

    /// <summary>Ends every task that waits for a place.</summary>
    /// <param name="detail">Their outcome.</param>
    public void EndWaiting(OutcomeDetail detail) => _waiting?.EndAll(detail);

    private FairLines? Share(FairShares? shares, int capacity, CellState holds) =>
        shares == null ? null : new FairLines(_core.Settings.Admission.Fairness!, shares, capacity, holds);

    // The lowest class first; in it those that could run, then those that wait for others of their key.
    private bool TryShedBelow(TaskPriority than)
    {
        for (int c = PriorityOrder.Classes - 1; c > (int)than; c--)
        {
            if (Queue.TryShed(c, _core.Shed))
                return true;
            if (!_core.Keys.TryShed(this, c, out KeyLink? link))
                continue;
            Queue.PassOn();
            link.Cell.End(_core.Shed);
            return true;
        }

        return false;
    }

    // Retries whose time has come need no place in the queue: their number is bounded where they wait, and one that stood in line behind the tasks of its own
    // key, which have places and wait for it, would stand there for ever. They and the queue take turns.
    private bool TryTakeAny(uint look, [NotNullWhen(true)] out TaskCell? cell)
    {
        if ((look & 1) == 0 && TryTakeReady(out cell))
            return true;
        if (_sharesWaiting && Volatile.Read(ref _mayWait) != 0)
            AdmitAhead();
        if (Queue.TryTake(look, _core.Clock, out cell))
        {
            OnPlaceFree();
            return true;
        }

        return TryTakeReady(out cell);
    }

    private bool TryTakeReady([NotNullWhen(true)] out TaskCell? cell)
    {
        while (_ready != null && _ready.TryTake(out int index))
        {
            if (!_core.Delayed.TryTakeReady(index, this, _core.Clock.Now, out cell))
                continue;
            if (cell.DueAt != 0)
                cell.MeetDue(_core.Clock);
            if (cell.TryAdvance(CellState.Delayed, CellState.Running))
                return true;
        }

        cell = null;
        return false;
    }

    private void OnPlaceFree()
    {
        if (Volatile.Read(ref _mayWait) != 0)
            AdmitWaiting();
    }

    // Moves tasks into free places. Any thread that frees a place does it, and any that begins to wait.
    private void AdmitWaiting()
    {
        do
        {
            while (_waiting!.HasItem && Queue.TryReserve())
                AdmitOne();
            if (_waiting.IsClaimed)
                return;
            Interlocked.Exchange(ref _mayWait, 0);
            // Race: one begins to wait between our look and our mark. Look again after the mark.
        }
        while (_waiting.IsClaimed && Interlocked.Exchange(ref _mayWait, 1) == 0);
    }

    // Into the place that the caller, a worker, is about to make free: whose turn it is both among those that wait and in the queue is served now, and
    // does not wait once for its place and once more for a worker. So for a moment there is one task more than places for each worker that does so.
    private void AdmitAhead()
    {
        if (Queue.IsOverfull)
            return;
        Queue.ReserveAnyway();
        AdmitOne();
    }

    private void AdmitOne()
    {
        if (!_waiting!.TryTake(0, _core.Clock, out TaskCell? cell))
        {
            // Another thread took it, or it was a tombstone. Race: one that begins to wait at this moment found no place because we held it. We
            // give it back and then look once more; the other one is seen first and then looks for a place.
            Interlocked.Increment(ref _unused);
            Queue.Return();
            return;
        }

        Interlocked.Increment(ref _fromWaiting);
        cell.NotifyAccepted();
        if (cell.Extras is { Link: { } link })
            _core.EnterKeyed(cell, link);
        else
            _core.EnterLine(cell, CellState.Queued);
    }
}
