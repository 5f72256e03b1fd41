using System.Diagnostics.CodeAnalysis;
using Dispatcher.Actors.Admission.Limits;
using Dispatcher.Actors.Dispatch.Once;

namespace Dispatcher.Actors.Dispatch;

/// <content>Tasks that a rate limit smooths: each gets a moment, waits for it without a thread, and then asks at the door like any other.</content>
internal sealed partial class TaskRoute<TTask, TResult>
{
    private static readonly TaskOptions s_noOptions = new();

    private readonly bool _paces;

    private ValueTask<TaskOutcome<TResult>> RunPacedAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        OutcomeDetail? refusal = Reserve(task, ref options, cancellationToken, out TaskTimes times);
        if (refusal != null)
            return new ValueTask<TaskOutcome<TResult>>(AtDoor(task, refusal));
        if (options.Slot!.Delay == TimeSpan.Zero)
            return RunAsync(task, options, cancellationToken);
        TaskHandle<TResult> handle = new();
        Wait(task, options, times, handle, cancellationToken);
        return new ValueTask<TaskOutcome<TResult>>(handle.Outcome);
    }

    private ValueTask<TaskHandle<TResult>> SubmitPacedAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        OutcomeDetail? refusal = Reserve(task, ref options, cancellationToken, out TaskTimes times);
        if (refusal != null)
            return new ValueTask<TaskHandle<TResult>>(TaskHandle<TResult>.Ended(AtDoor(task, refusal)));
        if (options.Slot!.Delay == TimeSpan.Zero)
            return SubmitAsync(task, options, cancellationToken);
        TaskHandle<TResult> handle = new();
        Task<TaskHandle<TResult>> acceptance = handle.ExpectAcceptance();
        Wait(task, options, times, handle, cancellationToken);
        return new ValueTask<TaskHandle<TResult>>(acceptance);
    }

    private async ValueTask<bool> PostPacedAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        OutcomeDetail? refusal = Reserve(task, ref options, cancellationToken, out TaskTimes times);
        if (refusal != null)
            return false;
        if (options.Slot!.Delay == TimeSpan.Zero)
            return await PostAsync(task, options, cancellationToken).ConfigureAwait(false);
        TaskHandle<TResult> handle = new();
        Task<TaskHandle<TResult>> acceptance = handle.ExpectAcceptance();
        Wait(task, options, times, handle, cancellationToken);
        await acceptance.ConfigureAwait(false);
        return handle.HasPlace;
    }

    private bool MustPace(TaskOptions? options) => _paces && options is not { Slot: not null };

    // Takes the task's moment at the rate limits, for which it may have to wait. Null and what to ask with at the door, or why it has none; counted.
    private OutcomeDetail? Reserve(TTask task, [NotNull] ref TaskOptions? options, CancellationToken cancellationToken, out TaskTimes times)
    {
        // The deadline of its type's contract counts from here too.
        options = Defaults?.Complete(options) ?? options ?? s_noOptions;
        times = ReadTimes(options, ParentTask.Current);
        RateSlot? slot = RateSlot.None;
        // The door refuses it at once, and says why.
        if (times.Refusal == null && !cancellationToken.IsCancellationRequested && Core.Phase <= PoolPhase.Running)
        {
            // Measured only now: what measures is the caller's code, and must not be asked when nobody is there to hear it throw.
            if (IsTooLarge(task))
                return Core.Refuse(OutcomeDetails.PayloadTooLarge);
            if (Core.Gate!.TryReserve(Admission, options, times.LeftUntilDeadline(Core.Clock), out slot) is { } refusal)
                return Core.Refuse(refusal);
        }

        options = options with { Slot = slot };
        return null;
    }

    private void Wait(TTask task, TaskOptions options, in TaskTimes times, TaskHandle<TResult> handle, CancellationToken cancellationToken)
    {
        Paced paced = new(this, task, options, times, handle, cancellationToken);
        if (handle is OnceRun<TResult> run)
            run.Paced = paced;
        paced.Start(options.Slot!.Delay, times.Parent, cancellationToken);
    }

    /// <summary>One that waits. Its timer calls back in the context of the one who handed it in, so that its parent and its trace are found.</summary>
    private sealed class Paced(
        TaskRoute<TTask, TResult> route, TTask task, TaskOptions options, TaskTimes times, TaskHandle<TResult> handle, CancellationToken cancellationToken)
        : PacedTask(route.Core)
    {
        protected override void AskAtDoor(PoolCore core)
        {
            TaskOptions now = options with { Deadline = times.LeftUntilDeadline(core.Clock) };
            TaskCell<TTask, TResult>? cell = route.TryAdmit(task, now, cancellationToken, out CellState place, out OutcomeDetail? refusal);
            core.Pace.Leave();
            if (cell == null)
                End(refusal!);
            else
                route.HandAccepted(cell, task, handle, place, cancellationToken);
            (handle as OnceRun<TResult>)?.OnHandedIn();
        }

        protected override void GiveBack() => route.Core.Gate!.GiveBack(route.Admission, options.Slot!);

        protected override void End(OutcomeDetail outcome) => handle.Complete(route.AtDoor(task, outcome));
    }
}
