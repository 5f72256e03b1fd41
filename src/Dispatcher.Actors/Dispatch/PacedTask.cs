namespace Dispatcher.Actors.Dispatch;

/// <summary>
/// A task that waits for its moment at a rate limit, without a thread. It has no cell and no place yet, but it is a task of the pool: it is counted, and it ends when its
/// caller cancels it, its parent stops or the pool drains. Else it asks at the door when its moment is there. One of these wins.
/// </summary>
internal abstract class PacedTask
{
    private readonly PoolCore _core;
    private readonly LinkedListNode<PacedTask> _place;
    private ITimer? _timer;
    private CancellationTokenRegistration _byCaller;
    private CancellationTokenRegistration _byParent;
    private int _isOver;

    /// <summary>Makes one that does not wait yet.</summary>
    /// <param name="core">The pool.</param>
    private protected PacedTask(PoolCore core)
    {
        _core = core;
        _place = new LinkedListNode<PacedTask>(this);
    }

    /// <summary>Begins to wait.</summary>
    /// <param name="delay">Until its moment.</param>
    /// <param name="parent">The task whose handler hands it in; null for none.</param>
    /// <param name="caller">The caller's token.</param>
    public void Start(TimeSpan delay, ParentTask? parent, CancellationToken caller)
    {
        OutcomeDetail? over = _core.Pace.Enter(_place);
        // A token that is cancelled already calls back at once.
        _byCaller = caller.UnsafeRegister(static state => ((PacedTask)state!).TryEnd(OutcomeDetails.CancelledByCaller), this);
        if (parent != null)
            _byParent = parent.Token.UnsafeRegister(_ => OnParentStopped(parent), null);
        _timer = _core.Clock.Provider.CreateTimer(static state => ((PacedTask)state!).OnMoment(), this, delay, Timeout.InfiniteTimeSpan);
        // Race: it was over before all of this was there, or the pool began to drain after our look at its phase. Either the one who ended it sees what to take leave of, or we see that it is over.
        Interlocked.MemoryBarrier();
        if (over != null)
            TryEnd(over);
        if (Volatile.Read(ref _isOver) != 0)
            Release();
    }

    /// <summary>Ends it before its moment, whoever gets there first.</summary>
    /// <param name="reason">Its outcome.</param>
    /// <returns>Whether this caller ended it.</returns>
    public bool TryEnd(OutcomeDetail reason)
    {
        if (!TryWin())
            return false;
        GiveBack();
        // A parent's time was over, and with it this task's, which never had a place.
        OutcomeDetail outcome = _core.Refuse(reason is Expired ? OutcomeDetails.ExpiredAtSubmit : reason);
        _core.Pace.Leave();
        End(outcome);
        return true;
    }

    /// <summary>Asks for a place: its moment is there. It leaves the pace when the door has counted it, and before anybody learns of its outcome.</summary>
    /// <param name="core">The pool.</param>
    protected abstract void AskAtDoor(PoolCore core);

    /// <summary>It will not use its moment.</summary>
    protected abstract void GiveBack();

    /// <summary>Tells its caller.</summary>
    /// <param name="outcome">The outcome, counted.</param>
    protected abstract void End(OutcomeDetail outcome);

    private void OnMoment()
    {
        if (TryWin())
            AskAtDoor(_core);
    }

    // A parent that has ended by itself stops nobody.
    private void OnParentStopped(ParentTask parent)
    {
        if (parent.StopReason is { } reason)
            TryEnd(reason);
    }

    private bool TryWin()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return false;
        Release();
        return true;
    }

    // More than once does no harm.
    private void Release()
    {
        _byCaller.Unregister();
        _byParent.Unregister();
        _timer?.Dispose();
        _core.Pace.Remove(_place);
    }
}
