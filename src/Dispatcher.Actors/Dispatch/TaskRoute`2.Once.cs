using Dispatcher.Actors.Dispatch.Once;

namespace Dispatcher.Actors.Dispatch;

/// <content>
/// Tasks with an idempotency key. Only the first of a key is handed in; its options and its trace count. The task belongs to all who join, so it has no parent
/// and watches no token: each caller does so for itself.
/// </content>
internal sealed partial class TaskRoute<TTask, TResult>
{
    private ValueTask<TaskOutcome<TResult>> RunOnce(TTask task, TaskOptions options, CancellationToken cancellationToken) =>
        new(Join(task, options, mayWait: true, cancellationToken, out _).Outcome);

    private async ValueTask<TaskHandle<TResult>> SubmitOnceAsync(TTask task, TaskOptions options, CancellationToken cancellationToken)
    {
        TaskHandle<TResult> handle = Join(task, options, mayWait: true, cancellationToken, out OnceRun<TResult>? run);
        // One who leaves does not wait for the place of the others.
        if (run != null)
            await Task.WhenAny(run.Taken, handle.Outcome).ConfigureAwait(false);
        return handle;
    }

    private async Task<bool> PostOnceAsync(TTask task, TaskOptions options, CancellationToken cancellationToken)
    {
        TaskHandle<TResult> handle = Join(task, options, mayWait: true, cancellationToken, out OnceRun<TResult>? run);
        if (run == null)
            return false;
        await Task.WhenAny(run.Taken, handle.Outcome).ConfigureAwait(false);
        return run.Taken.IsCompleted && await run.Taken.ConfigureAwait(false);
    }

    private bool TrySubmitOnce(TTask task, TaskOptions options, out TaskHandle<TResult> handle)
    {
        handle = Join(task, options, mayWait: false, CancellationToken.None, out OnceRun<TResult>? run);
        // Who was refused learns of it at once; what was joined is there.
        return run != null && handle is not { Outcome.IsCompleted: true, Id.Value: 0 };
    }

    // A handle of the caller's own, and what it shares with others; nothing to share where the caller is refused.
    private TaskHandle<TResult> Join(TTask task, TaskOptions options, bool mayWait, CancellationToken cancellationToken, out OnceRun<TResult>? run)
    {
        run = null;
        TaskTimes times = ReadTimes(options, ParentTask.Current);
        OutcomeDetail? refusal = times.Refusal ?? (cancellationToken.IsCancellationRequested ? OutcomeDetails.CancelledByCaller : null);
        if (refusal != null)
            return TaskHandle<TResult>.Refused(Core.Refuse(refusal));
        OnceJoin join = Core.Once.Join(new OnceKey(TaskType, options.Tenant, options.IdempotencyKey!), task, out OnceCaller<TResult>? caller);
        if (join == OnceJoin.OtherPayload)
            return TaskHandle<TResult>.Refused(Core.Refuse(OutcomeDetails.OtherPayload));
        run = caller!.Run;
        if (join == OnceJoin.First)
            HandIn(run, task, options with { IsDetached = true, Parent = null }, mayWait);
        caller.Watch(times.Parent, cancellationToken);
        return caller;
    }

    private void HandIn(OnceRun<TResult> run, TTask task, TaskOptions? options, bool mayWait)
    {
        TaskCell<TTask, TResult>? cell = null;
        CellState place = CellState.Queued;
        OutcomeDetail? refusal;
        TaskTimes times = default;
        try
        {
            refusal = mayWait && MustPace(options) ? Reserve(task, ref options, CancellationToken.None, out times) : null;
            if (refusal == null && options?.Slot is not { Delay.Ticks: > 0 })
                cell = TryAdmit(task, options, CancellationToken.None, out place, out refusal, mayWait);
        }
        catch (Exception error)
        {
            // What measures a payload may throw. Neither the key nor those who have joined may stay behind.
            run.Complete(TaskOutcome<TResult>.Ended(new Failed(error, error.GetType().Name, 1)));
            throw;
        }

        if (refusal != null)
            run.Complete(mayWait ? AtDoor(task, refusal) : TaskOutcome<TResult>.Ended(refusal));
        else if (cell == null)
            Wait(task, options!, times, run, CancellationToken.None);
        else
            HandAccepted(cell, task, run, place, CancellationToken.None);
    }
}
