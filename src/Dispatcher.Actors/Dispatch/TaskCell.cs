using Dispatcher.Actors.Admission;
using Dispatcher.Actors.Workers;

namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// A task on its way: envelope, state and reply in one pooled object. What does not depend on the task's type is here.
/// </summary>
/// <remarks>
/// Who may touch a cell, and when it may be used anew:
/// the submitter until it has put the cell into the intake; the ring's slot and the worker that pops it; the awaiter or handle from the
/// moment of the outcome. On the plain path (popped, run, ended by its worker) the awaiter is the last of them, and returns the cell.
/// Whoever else reaches for it (caller's token, handle, sweep) does so by compare-and-set on the word with the id it knows, which fails on
/// any later task. One who wins that way makes the cell unclean: it may still be in a ring's slot, or about to cancel a token. Such a
/// cell is left to the garbage collector.
/// </remarks>
internal abstract partial class TaskCell : IThreadPoolWorkItem
{
    private long _word;
    private long _id;

    /// <summary>The route it came by, and with it the pool.</summary>
    public TaskRoute Route = null!;

    /// <summary>The line that it was admitted to.</summary>
    public TaskLine Line = null!;

    /// <summary>Rare things; null for most.</summary>
    public CellExtras? Extras;

    /// <summary>The worker that runs it.</summary>
    public WorkerSlot? Slot;

    /// <summary>When the sweep has to look after it in its present state, a timestamp; 0 for never.</summary>
    public long DueAt;

    /// <summary>Its place among its worker's asynchronous tasks.</summary>
    public int FlightIndex;

    /// <summary>How often its handler has been tried, this time included.</summary>
    public int Attempt = 1;

    /// <summary>Its class in the intake.</summary>
    public TaskPriority Priority;

    /// <summary>Who wants the outcome.</summary>
    public TaskSink Sink;

    /// <summary>Whether only the plain path has touched it, so that it can be used anew.</summary>
    public bool IsClean;

    /// <summary>Whether it holds something of its pool's gate.</summary>
    public bool IsGuarded;

    /// <summary>
    /// Whether anyone but the one that takes it out of its ring may end it before it runs: a token, a handle, a sweep. Else its first moves
    /// need no compare-and-set.
    /// </summary>
    public bool IsShared;

    /// <summary>Whether it belongs to a trace.</summary>
    public bool IsTraced;

    /// <summary>Whether the tasks that its handler hands in inherit from it: it has a deadline, a run budget, a token, a handle or a parent.</summary>
    public bool PassesOn;

    /// <summary>The task's id.</summary>
    public long Id => CellWord.IdOf(Volatile.Read(ref _word));

    /// <summary>The id of its present run.</summary>
    public long RunId => CellWord.RunIdOf(Volatile.Read(ref _word));

    /// <summary>Where the task is.</summary>
    public CellState State => CellWord.StateOf(Volatile.Read(ref _word));

    /// <summary>Whether somebody asked the task to stop.</summary>
    public bool IsCancelRequested => CellWord.IsCancelRequested(Volatile.Read(ref _word));

    private PoolCore Core => Route.Core;

    /// <summary>Carries the awaiter on the thread pool.</summary>
    public abstract void Execute();

    /// <summary>Runs the handler. The cell must be Running.</summary>
    /// <param name="slot">The worker that runs it.</param>
    /// <returns>What became of it.</returns>
    public abstract RunEnd Run(WorkerSlot slot);

    /// <summary>Hands a handle to its caller: the task has its place.</summary>
    public abstract void NotifyAccepted();

    /// <summary>Starts a life: a new id, in the given state, not yet visible to anyone.</summary>
    /// <param name="state">Waiting or Queued.</param>
    /// <returns>The id.</returns>
    public long Begin(CellState state)
    {
        _id = TaskIds.After(_id);
        if (Route.Sampler.Takes(_id))
            BeginTiming();
        else
            EnteredAt = 0;
        Volatile.Write(ref _word, CellWord.Of(_id, state));
        return _id;
    }

    /// <summary>Moves on along the plain path.</summary>
    /// <param name="from">The state it must be in.</param>
    /// <param name="to">The next one.</param>
    /// <returns>Whether it was so; false means that another one has ended it.</returns>
    public bool TryAdvance(CellState from, CellState to)
    {
        long word = Volatile.Read(ref _word);
        if (CellWord.StateOf(word) != from)
            return false;
        if (IsShared)
            return Interlocked.CompareExchange(ref _word, CellWord.With(word, to), word) == word;
        Volatile.Write(ref _word, CellWord.With(word, to));
        return true;
    }

    /// <summary>
    /// Ends a running task on its worker's behalf. Race: a request to cancel sets its flag at the same moment, and then the cell is
    /// unclean; or the sweep abandons the task first, and then nothing here may be touched any more.
    /// </summary>
    /// <returns>Whether this worker may write the outcome.</returns>
    public bool TryEndRunning()
    {
        while (true)
        {
            long word = Volatile.Read(ref _word);
            if (CellWord.StateOf(word) != CellState.Running)
                return false;
            if (Interlocked.CompareExchange(ref _word, CellWord.With(word, CellState.Ended), word) == word)
            {
                IsClean = CellWord.IsPlain(word);
                return true;
            }
        }
    }

    /// <summary>Ends a task that has not started, whoever gets there first.</summary>
    /// <param name="detail">Its outcome.</param>
    /// <returns>Whether this caller ended it.</returns>
    public bool TryEndUnstarted(OutcomeDetail detail)
    {
        while (true)
        {
            long word = Volatile.Read(ref _word);
            CellState state = CellWord.StateOf(word);
            if (state is CellState.Free or CellState.Running or CellState.Ended)
                return false;
            if (Interlocked.CompareExchange(ref _word, CellWord.With(word, CellState.Ended), word) == word)
            {
                Core.OnLeftQueue(this, state);
                End(detail);
                return true;
            }
        }
    }

    /// <summary>Cancels a task that has not started; asks a running one to stop. From any thread, with the id that the caller knows.</summary>
    /// <param name="id">The task that is meant; the cell may serve another one by now.</param>
    /// <param name="reason">Its outcome, if it ends for this reason.</param>
    /// <returns>Whether this request is the one that counts.</returns>
    public bool RequestCancel(long id, OutcomeDetail reason)
    {
        while (true)
        {
            long word = Volatile.Read(ref _word);
            CellState state = CellWord.StateOf(word);
            if (CellWord.IdOf(word) != id || state is CellState.Free or CellState.Ended || CellWord.IsCancelRequested(word))
                return false;
            if (state == CellState.Running)
            {
                if (Interlocked.CompareExchange(ref _word, CellWord.WithCancel(word), word) != word)
                    continue;
                AskToStop(reason);
                return true;
            }

            if (Interlocked.CompareExchange(ref _word, CellWord.With(word, CellState.Ended), word) == word)
            {
                Core.OnLeftQueue(this, state);
                // A parent's time was over, and with it this task's, wherever it was.
                End(reason is Expired ? ExpiredIn(state) : reason);
                return true;
            }
        }
    }

    /// <summary>Asks a running task to stop. Leaves one alone that has not started: it may be private to the one that takes it.</summary>
    /// <param name="core">The pool that is meant; see <see cref="Sweep"/>.</param>
    /// <param name="reason">Its outcome, if it ends for this reason.</param>
    public void RequestStop(PoolCore core, OutcomeDetail reason)
    {
        long word = Volatile.Read(ref _word);
        while (CellWord.StateOf(word) == CellState.Running && !CellWord.IsCancelRequested(word) && Core == core)
        {
            long seen = Interlocked.CompareExchange(ref _word, CellWord.WithCancel(word), word);
            if (seen == word)
            {
                AskToStop(reason);
                return;
            }

            word = seen;
        }
    }

    /// <summary>Looks after the task's time: expires it, asks it to stop, abandons it.</summary>
    /// <remarks>
    /// Race: workers and rings keep the last cell they saw, and the cell may serve another pool by now, whose time and whose end are not ours. So the
    /// word is read first and the pool after it: if the cell moves on in between, the compare-and-set on the word fails.
    /// </remarks>
    /// <param name="core">The pool whose tasks are looked after.</param>
    /// <param name="now">The time, a timestamp.</param>
    /// <returns>When to look again; <see cref="long.MaxValue"/> for never.</returns>
    public long Sweep(PoolCore core, long now)
    {
        long word = Volatile.Read(ref _word);
        long due = Volatile.Read(ref DueAt);
        CellState state = CellWord.StateOf(word);
        if (due == 0 || state is CellState.Free or CellState.Ended || Core != core)
            return long.MaxValue;
        if (due > now)
            return due;
        // The cell may have moved on, or serve another task, since we read the word: then the compare-and-set fails, and the new
        // state has a due time of its own that its owner has announced.
        if (state != CellState.Running)
        {
            if (Interlocked.CompareExchange(ref _word, CellWord.With(word, CellState.Ended), word) == word)
            {
                Core.OnLeftQueue(this, state);
                End(ExpiredIn(state));
            }

            return long.MaxValue;
        }

        if (!CellWord.IsCancelRequested(word))
        {
            // The time of one try, or of the whole run. A try that is over and whose handler goes on has the grace, as any request to stop.
            if (Extras is { IsDueByTry: true } extras && (extras.RunDueAt == 0 || extras.RunDueAt > now))
            {
                if (!CellWord.IsTryOver(word))
                    return EndTry(word, extras, now);
                TryAbandon(word, Core.IgnoredToken);
                return long.MaxValue;
            }

            if (Interlocked.CompareExchange(ref _word, CellWord.WithCancel(word), word) == word)
                AskToStop(OutcomeDetails.ExpiredInRun);
            return Volatile.Read(ref DueAt);
        }

        TryAbandon(word, Core.IgnoredToken);
        return long.MaxValue;
    }

    /// <summary>Gives a running task up.</summary>
    /// <param name="core">The pool that is meant; see <see cref="Sweep"/>.</param>
    /// <param name="why">The reason.</param>
    /// <returns>Whether it was running there, and this caller ended it.</returns>
    public bool TryAbandon(PoolCore core, string why)
    {
        while (true)
        {
            long word = Volatile.Read(ref _word);
            if (CellWord.StateOf(word) != CellState.Running || Core != core)
                return false;
            if (TryAbandon(word, why))
                return true;
        }
    }

    /// <summary>The rare part, made on first need.</summary>
    public CellExtras EnsureExtras()
    {
        CellExtras? extras = Volatile.Read(ref Extras);
        if (extras != null)
            return extras;
        CellExtras made = new();
        return Interlocked.CompareExchange(ref Extras, made, null) ?? made;
    }

    /// <summary>Writes the outcome. The caller has won the move to Ended.</summary>
    /// <param name="detail">The outcome. One that has run was not refused: it has failed with what it failed with last.</param>
    public void End(OutcomeDetail detail)
    {
        if (detail is Rejected && Extras?.LastFailure is { } failed)
            detail = failed;
        // One that is not used anew must not hang on a token that may live for long. A clean one takes leave when it is recycled.
        if (!IsClean)
            Extras?.Unregister();
        if (Route.HasFallback && TryFallBack(detail))
            return;
        Core.Counters.Count(detail);
        if (EnteredAt != 0)
            EndTiming(detail);
        if (IsTraced)
            Settle(detail);
        Core.TaskLog.Note(this, detail);
        Deliver(detail);
    }

    /// <summary>Why the running task was asked to stop. Race: the flag is there and the reason is being written.</summary>
    protected OutcomeDetail AwaitCancelReason()
    {
        SpinWait spin = default;
        OutcomeDetail? reason;
        while ((reason = Volatile.Read(ref EnsureExtras().CancelReason)) == null)
            spin.SpinOnce(sleep1Threshold: -1);
        return reason;
    }

    /// <summary>Gives an outcome other than Completed to whoever wants it.</summary>
    /// <param name="detail">The outcome.</param>
    protected abstract void Deliver(OutcomeDetail detail);

    /// <summary>Marks the cell as nobody's.</summary>
    protected void Free() => Volatile.Write(ref _word, CellWord.Of(0, CellState.Free));

    private static Expired ExpiredIn(CellState state) =>
        state is CellState.Waiting or CellState.ParkedWaiting ? OutcomeDetails.ExpiredAtSubmit : OutcomeDetails.ExpiredInQueue;

    // The flag is set, so the cell is never used anew: all of this is about the right task however late it comes.
    private void AskToStop(OutcomeDetail reason)
    {
        CellExtras extras = EnsureExtras();
        long due = Core.Clock.Now + Core.GraceTicks;
        Volatile.Write(ref DueAt, due);
        Volatile.Write(ref extras.CancelReason, reason);
        Core.Announce(due);
        Core.Cancel(extras.SourceIfAny);
    }

    private bool TryAbandon(long word, string why)
    {
        if (Interlocked.CompareExchange(ref _word, CellWord.With(word, CellState.Ended), word) != word)
            return false;
        CountGivenUp();
        End(new Abandoned(why));
        Core.OnAbandoned(this);
        return true;
    }
}
