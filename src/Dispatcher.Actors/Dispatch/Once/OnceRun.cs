using System.Diagnostics.CodeAnalysis;

namespace Dispatcher.Actors.Dispatch.Once;

/// <summary>
/// A task with an idempotency key, and all who want its outcome. It is the task's own handle: the cell tells it of place and outcome, and it tells the
/// callers. The task is cancelled when the last of them leaves. One who comes after that, while the task has yet to end, shares its end whatever that is:
/// two of a key never run at once.
/// </summary>
/// <typeparam name="TResult">What the task's handler returns.</typeparam>
internal sealed class OnceRun<TResult> : TaskHandle<TResult>, IOnceRun
{
    private readonly OnceTable _table;
    private List<OnceCaller<TResult>> _callers = [];
    private readonly TaskCompletionSource<bool> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskOutcome<TResult> _outcome;
    private int _staying;
    private OutcomeDetail? _cancelReason;
    private bool _isEnded;
    private bool _isKept;
    private bool _isFallback;

    /// <summary>Makes one that has yet to be handed in.</summary>
    /// <param name="table">Where it stands.</param>
    /// <param name="key">Its key.</param>
    /// <param name="payload">Its payload.</param>
    public OnceRun(OnceTable table, in OnceKey key, object payload)
    {
        _table = table;
        Key = key;
        Payload = payload;
    }

    /// <inheritdoc/>
    public OnceKey Key { get; }

    /// <inheritdoc/>
    public object Payload { get; }

    /// <inheritdoc/>
    public long KeptUntil { get; set; }

    /// <summary>What it waits as for its moment at a rate limit; null for one that never did. Set before its first caller can leave.</summary>
    public PacedTask? Paced { get; set; }

    /// <summary>Ends when the task has its place in the queue, or is over: whether it was taken.</summary>
    public Task<bool> Taken => _taken.Task;

    /// <summary>Adds a caller. Under the table's lock.</summary>
    /// <param name="isJoined">Whether it is not the first.</param>
    public OnceCaller<TResult> Add(bool isJoined)
    {
        OnceCaller<TResult> caller = new(this, isJoined) { Index = _callers.Count };
        _callers.Add(caller);
        _staying++;
        return caller;
    }

    /// <summary>Adds a caller, or gives it the outcome that is kept.</summary>
    /// <param name="caller">The caller.</param>
    /// <returns>Whether there was something to join; false when the task has ended and nothing is kept of it.</returns>
    public bool TryJoin([NotNullWhen(true)] out OnceCaller<TResult>? caller)
    {
        caller = null;
        lock (_table.Gate)
        {
            if (!_isEnded)
                caller = Add(isJoined: true);
            else if (!_isKept)
                return false;
        }

        if (caller == null)
        {
            caller = new OnceCaller<TResult>(this, isJoined: true);
            caller.Complete(_outcome);
        }

        return true;
    }

    /// <summary>Notes what a caller watches.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="byToken">Its token.</param>
    /// <param name="byParent">Its parent.</param>
    /// <returns>Whether it is still there; false when nobody will take leave of them.</returns>
    public bool TryKeep(OnceCaller<TResult> caller, CancellationTokenRegistration byToken, CancellationTokenRegistration byParent)
    {
        lock (_table.Gate)
        {
            if (_isEnded || caller.HasLeft)
                return false;
            caller.ByToken = byToken;
            caller.ByParent = byParent;
            return true;
        }
    }

    /// <summary>
    /// A caller does not want it any more. The task is there to be cancelled: the first caller, who hands it in, can leave only afterwards.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Whether this counts; false when the task has ended, or the caller has left before.</returns>
    public bool Leave(OnceCaller<TResult> caller, OutcomeDetail reason)
    {
        bool isLast;
        lock (_table.Gate)
        {
            if (_isEnded || caller.HasLeft)
                return false;
            caller.HasLeft = true;
            isLast = --_staying == 0 && _cancelReason == null;
            if (isLast)
                _cancelReason = reason;
            else
                Remove(caller);
        }

        if (isLast)
            return Cancel(reason);
        caller.Tell(TaskOutcome<TResult>.Ended(reason is Expired ? ExpiredIn(caller.State) : reason));
        return true;
    }

    /// <summary>The task has its place in the queue.</summary>
    internal override void SetAccepted() => _taken.TrySetResult(true);

    /// <summary>Its outcome is that of a fallback handler, and of this moment.</summary>
    internal override void NoteFallback() => _isFallback = true;

    /// <summary>The task has its outcome, and with it all callers.</summary>
    /// <param name="outcome">The outcome.</param>
    internal override void Complete(in TaskOutcome<TResult> outcome)
    {
        base.Complete(outcome);
        long now = _table.Now;
        List<OnceCaller<TResult>> callers;
        lock (_table.Gate)
        {
            callers = _callers;
            _callers = [];
            _outcome = outcome;
            _isEnded = true;
            // One that never came through the door has no id.
            _isKept = _table.End(this, now, outcome.IsCompleted && !_isFallback && Id.Value != 0);
        }

        foreach (OnceCaller<TResult> caller in callers)
            caller.Tell(outcome);
        _taken.TrySetResult(false);
    }

    /// <summary>It has waited for its moment and come through the door. Race: the last caller left while it was there, and found nothing to cancel.</summary>
    public void OnHandedIn()
    {
        OutcomeDetail? reason;
        lock (_table.Gate)
            reason = _cancelReason;
        if (reason != null)
            RequestCancel(reason);
    }

    // One that is at the door at this moment is asked when it has come through: see OnHandedIn.
    private bool Cancel(OutcomeDetail reason) =>
        Paced?.TryEnd(reason) == true || RequestCancel(reason) || (Paced != null && Id.Value == 0 && !Outcome.IsCompleted);

    private void Remove(OnceCaller<TResult> caller)
    {
        OnceCaller<TResult> last = _callers[^1];
        _callers[caller.Index] = last;
        last.Index = caller.Index;
        _callers.RemoveAt(_callers.Count - 1);
    }

    private static Expired ExpiredIn(TaskState state) => state switch
    {
        TaskState.Waiting => OutcomeDetails.ExpiredAtSubmit,
        TaskState.Queued => OutcomeDetails.ExpiredInQueue,
        _ => OutcomeDetails.ExpiredInRun,
    };
}
