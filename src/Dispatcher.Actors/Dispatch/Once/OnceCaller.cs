namespace Dispatcher.Actors.Dispatch.Once;

/// <summary>The handle of one of those who share a task: it ends with the task, or before it when this caller leaves.</summary>
/// <typeparam name="TResult">What the task's handler returns.</typeparam>
internal sealed class OnceCaller<TResult> : TaskHandle<TResult>
{
    private readonly OnceRun<TResult> _run;

    /// <summary>Makes one.</summary>
    /// <param name="run">The task.</param>
    /// <param name="isJoined">Whether it is not the first.</param>
    public OnceCaller(OnceRun<TResult> run, bool isJoined)
    {
        _run = run;
        IsJoined = isJoined;
    }

    /// <inheritdoc/>
    public override bool IsJoined { get; }

    /// <summary>The task.</summary>
    public OnceRun<TResult> Run => _run;

    /// <inheritdoc/>
    public override TaskId Id => _run.Id;

    /// <inheritdoc/>
    public override TaskState State => Outcome.IsCompleted ? TaskState.Ended : Id.Value == 0 ? TaskState.Waiting : _run.State;

    /// <summary>Its place among the callers. Under the table's lock.</summary>
    public int Index { get; set; }

    /// <summary>Whether it has asked to cancel. Under the table's lock.</summary>
    public bool HasLeft { get; set; }

    /// <summary>What it watches. Under the table's lock until it is told.</summary>
    public CancellationTokenRegistration ByToken { get; set; }

    /// <inheritdoc cref="ByToken"/>
    public CancellationTokenRegistration ByParent { get; set; }

    /// <inheritdoc/>
    public override bool TryCancel(string by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return _run.Leave(this, new Cancelled(by));
    }

    /// <summary>Lets it leave when a token is cancelled or its parent stops.</summary>
    /// <param name="parent">The task whose handler hands it in; null for none.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public void Watch(ParentTask? parent, CancellationToken cancellationToken)
    {
        if (parent == null && !cancellationToken.CanBeCanceled)
            return;
        // A token that is cancelled already calls back at once.
        CancellationTokenRegistration byToken = cancellationToken.UnsafeRegister(
            static state => ((OnceCaller<TResult>)state!).Leave(OutcomeDetails.CancelledByCaller), this);
        CancellationTokenRegistration byParent = parent == null ? default : parent.Token.UnsafeRegister(_ => OnParentStopped(parent), null);
        if (_run.TryKeep(this, byToken, byParent))
            return;
        byToken.Unregister();
        byParent.Unregister();
    }

    /// <summary>It gets its outcome, and watches nothing any more.</summary>
    /// <param name="outcome">The outcome.</param>
    public void Tell(in TaskOutcome<TResult> outcome)
    {
        ByToken.Unregister();
        ByParent.Unregister();
        Complete(outcome);
    }

    // A parent that has ended by itself stops nobody.
    private void OnParentStopped(ParentTask parent)
    {
        if (parent.StopReason is { } reason)
            Leave(reason);
    }

    private void Leave(OutcomeDetail reason) => _run.Leave(this, reason);
}
