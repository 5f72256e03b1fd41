using Dispatcher.Actors.Admission.Gate;
using Dispatcher.Actors.Admission.Limits;

namespace Dispatcher.Actors.Dispatch;

/// <content>
/// Tasks that a rate limit smooths: each gets a moment, waits for it without a thread, and then asks at the door like any other. Until then it is no task of the
/// pool and in no sum; how many wait says the gate.
/// </content>
internal sealed partial class TaskRoute<TTask, TResult>
{
    private static readonly TaskOptions s_noOptions = new();

    private readonly bool _paces;

    private async ValueTask<TaskOutcome<TResult>> RunPacedAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        (TaskOptions paced, OutcomeDetail? refusal) = await PaceAsync(options, cancellationToken).ConfigureAwait(false);
        return refusal != null ? AtDoor(task, refusal) : await RunAsync(task, paced, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TaskHandle<TResult>> SubmitPacedAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        (TaskOptions paced, OutcomeDetail? refusal) = await PaceAsync(options, cancellationToken).ConfigureAwait(false);
        return refusal != null ? TaskHandle<TResult>.Ended(AtDoor(task, refusal)) : await SubmitAsync(task, paced, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> PostPacedAsync(TTask task, TaskOptions? options, CancellationToken cancellationToken)
    {
        (TaskOptions paced, OutcomeDetail? refusal) = await PaceAsync(options, cancellationToken).ConfigureAwait(false);
        return refusal == null && await PostAsync(task, paced, cancellationToken).ConfigureAwait(false);
    }

    private bool MustPace(TaskOptions? options) => _paces && options is not { Slot: not null };

    // What to ask with at the door when the task's moment has come, or why it has none; counted.
    private async ValueTask<(TaskOptions Options, OutcomeDetail? Refusal)> PaceAsync(TaskOptions? options, CancellationToken cancellationToken)
    {
        // The deadline of its type's contract counts from here too.
        options = Defaults?.Complete(options) ?? options ?? s_noOptions;
        TaskTimes times = ReadTimes(options, ParentTask.Current);
        // The door refuses it at once, and says why.
        if (times.Refusal != null || cancellationToken.IsCancellationRequested || Core.Phase > PoolPhase.Running)
            return (options with { Slot = RateSlot.None }, null);
        AdmissionGate gate = Core.Gate!;
        OutcomeDetail? refusal = gate.TryReserve(Admission, options, times.LeftUntilDeadline(Core.Clock), out RateSlot? slot);
        if (refusal != null)
            return (options, Core.Refuse(refusal));
        await gate.AwaitMomentAsync(Admission, slot!, cancellationToken).ConfigureAwait(false);
        return (options with { Slot = slot, Deadline = times.LeftUntilDeadline(Core.Clock) }, null);
    }
}
